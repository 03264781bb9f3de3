//! Streams of a compound file, also where its allocation table is damaged ([MS-CFB]).

use std::collections::HashSet;
use std::io::{Cursor, Read};

use super::bytes::{u16_at, u32_at};

/// End of a sector chain and above: no sector ([MS-CFB] 2.1).
const MAX_SECTOR: u32 = 0xFFFF_FFFA;

/// A compound file that is open for reading.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    file: Option<cfb::CompoundFile<Cursor<&'a [u8]>>>,
}

/// The content of a stream.
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    /// All of it could be read.
    pub(super) whole: bool,
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Self {
        Self { bytes, file: cfb::CompoundFile::open(Cursor::new(bytes)).ok() }
    }

    /// A stream of the root storage, at most `limit` bytes of it. Where the file does not hold to the rules, the sector
    /// chain is followed as far as it goes.
    pub(super) fn stream(&mut self, name: &str, limit: u64) -> Option<Stream> {
        self.regular(name, limit).or_else(|| RawFile::new(self.bytes)?.stream(name, limit))
    }

    fn regular(&mut self, name: &str, limit: u64) -> Option<Stream> {
        let stream = self.file.as_mut()?.open_stream(name).ok()?;
        let whole = stream.len() <= limit;
        let mut bytes = Vec::new();
        stream.take(limit).read_to_end(&mut bytes).ok()?;
        Some(Stream { bytes, whole })
    }
}

/// A compound file read by hand.
struct RawFile<'a> {
    bytes: &'a [u8],
    sector_shift: u32,
    table: Vec<u32>,
    directory: Vec<u8>,
}

/// A directory entry ([MS-CFB] 2.6.1).
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: usize,
}

impl<'a> RawFile<'a> {
    /// Reads the header ([MS-CFB] 2.2), the allocation table and the directory.
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let sector_shift = u32::from(u16_at(bytes, 30)?);
        if !matches!(sector_shift, 9 | 12) {
            return None;
        }
        let mut file = Self { bytes, sector_shift, table: Vec::new(), directory: Vec::new() };
        let mut table_sectors: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let entries = (1usize << sector_shift) / 4;
        let mut next = u32_at(bytes, 68)?;
        let mut seen = HashSet::new();
        while next < MAX_SECTOR && seen.insert(next) {
            let Some(sector) = file.sector(next) else { break };
            table_sectors.extend((0..entries - 1).filter_map(|i| u32_at(sector, 4 * i)));
            next = u32_at(sector, 4 * (entries - 1)).unwrap_or(u32::MAX);
        }
        let count = u32_at(bytes, 44)? as usize;
        for &sector in table_sectors.iter().filter(|s| **s < MAX_SECTOR).take(count.min(bytes.len() >> sector_shift)) {
            // A table sector that is missing still takes its place, so that those after it keep theirs.
            let sector = file.sector(sector).unwrap_or_default();
            let numbers: Vec<u32> = (0..entries).map(|i| u32_at(sector, 4 * i).unwrap_or(u32::MAX)).collect();
            file.table.extend(numbers);
        }
        file.directory = file.chain(u32_at(bytes, 48)?, bytes.len()).0;
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = (number as usize).checked_add(1)?.checked_mul(1 << self.sector_shift)?;
        let rest = self.bytes.get(at..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(1 << self.sector_shift)])
    }

    /// The bytes of the chain that begins at `start`, up to `size`, and whether the chain was that long.
    fn chain(&self, start: u32, size: usize) -> (Vec<u8>, bool) {
        let mut bytes = Vec::new();
        let mut seen = HashSet::new();
        let mut next = start;
        while bytes.len() < size && next < MAX_SECTOR && seen.insert(next) {
            let Some(sector) = self.sector(next) else { break };
            bytes.extend_from_slice(sector);
            next = self.table.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        let whole = bytes.len() >= size;
        bytes.truncate(size);
        (bytes, whole)
    }

    fn stream(&self, name: &str, limit: u64) -> Option<Stream> {
        let entry = self.find(name)?;
        let size = entry.size.min(self.bytes.len()).min(usize::try_from(limit).unwrap_or(usize::MAX));
        let (bytes, whole) = if entry.size < u32_at(self.bytes, 56)? as usize {
            self.mini_chain(entry.start, size)?
        } else {
            self.chain(entry.start, size)
        };
        Some(Stream { bytes, whole: whole && size == entry.size })
    }

    /// A stream that is kept in the mini stream ([MS-CFB] 2.4).
    fn mini_chain(&self, start: u32, size: usize) -> Option<(Vec<u8>, bool)> {
        let root = self.entries(&self.directory).into_iter().find(|e| e.kind == 5)?;
        let (mini_stream, _) = self.chain(root.start, root.size.min(self.bytes.len()));
        let (mini_table, _) = self.chain(u32_at(self.bytes, 60)?, self.bytes.len());
        let shift = u32::from(u16_at(self.bytes, 32)?).min(12);
        let mut bytes = Vec::new();
        let mut seen = HashSet::new();
        let mut next = start;
        while bytes.len() < size && next < MAX_SECTOR && seen.insert(next) {
            bytes.extend_from_slice(super::bytes::slice_at(&mini_stream, (next as usize) << shift, 1 << shift));
            next = u32_at(&mini_table, 4 * next as usize).unwrap_or(u32::MAX);
        }
        let whole = bytes.len() >= size;
        bytes.truncate(size);
        Some((bytes, whole))
    }

    /// The stream `name` in the root storage or, where the directory's chain is broken, in a directory sector as it lies
    /// in the file.
    fn find(&self, name: &str) -> Option<Entry> {
        let mut entries = self.entries(&self.directory);
        let mut at = entries.iter().find(|e| e.kind == 5).map_or(u32::MAX, |root| root.child);
        let mut open = vec![at];
        let mut seen = HashSet::new();
        while let Some(number) = open.pop() {
            let Some(entry) = entries.get(number as usize).filter(|_| seen.insert(number)) else { continue };
            if entry.kind == 2 && entry.name.eq_ignore_ascii_case(name) {
                at = number;
                return Some(entries.swap_remove(at as usize));
            }
            open.extend([entry.left, entry.right]);
        }
        let rest = self.bytes.get(1 << self.sector_shift..).unwrap_or_default();
        entries.into_iter().chain(self.entries(rest)).find(|e| e.kind == 2 && e.name.eq_ignore_ascii_case(name))
    }

    fn entries(&self, bytes: &[u8]) -> Vec<Entry> {
        bytes
            .chunks_exact(128)
            .map(|entry| {
                let length = usize::from(u16_at(entry, 64).unwrap_or(0)).clamp(2, 64) - 2;
                let units: Vec<u16> = (0..length / 2).filter_map(|i| u16_at(entry, 2 * i)).collect();
                let number = |at| u32_at(entry, at).unwrap_or(u32::MAX);
                Entry {
                    name: String::from_utf16_lossy(&units),
                    kind: entry[66],
                    left: number(68),
                    right: number(72),
                    child: number(76),
                    start: number(116),
                    size: number(120) as usize,
                }
            })
            .collect()
    }
}
