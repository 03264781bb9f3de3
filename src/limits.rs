//! Limits that keep hostile or broken input from eating the machine. One place for all of them.

/// Limits for reading one file.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes that one part or entry may unpack to.
    pub part_bytes: u64,
    /// How many times its packed size a part may unpack to, once it is larger than `ratio_free_bytes`.
    pub ratio: u64,
    /// Bytes up to which the ratio is not looked at.
    pub ratio_free_bytes: u64,
    /// Depth of nested elements, groups or tables.
    pub depth: usize,
    /// Cells in all tables of a file.
    pub cells: usize,
    /// Pages of a file.
    pub pages: usize,
    /// Glyphs on the pages of a file.
    pub glyphs: usize,
    /// Seconds that drawing, and reading, one page by OCR may take.
    pub ocr_seconds: u64,
    /// Entries of an outermost container, with those nested in them.
    pub entries: usize,
    /// Containers within containers.
    pub container_depth: usize,
    /// Bytes that a file may have, and that all entries of an outermost container, with those nested in them, may unpack to.
    pub container_bytes: u64,
    /// Bytes up to which `ratio` is not looked at for an outermost container as a whole.
    pub container_free_bytes: u64,
}

impl Limits {
    /// The limits in force where nothing else is asked for.
    pub const DEFAULT: Self = Self {
        part_bytes: 256 << 20,
        ratio: 200,
        ratio_free_bytes: 16 << 20,
        depth: 256,
        cells: 500_000,
        pages: 20_000,
        glyphs: 20_000_000,
        ocr_seconds: 120,
        entries: 100_000,
        container_depth: 4,
        container_bytes: 1 << 30,
        container_free_bytes: 64 << 20,
    };
}

/// What may still be unpacked from an outermost container, with all containers in it.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Bytes.
    pub bytes: u64,
    /// Entries.
    pub entries: usize,
}

impl Room {
    /// The room for a container of `packed` bytes.
    #[must_use]
    pub fn new(limits: &Limits, packed: usize) -> Self {
        let by_ratio = limits.ratio.saturating_mul(packed as u64).max(limits.container_free_bytes);
        Self { bytes: by_ratio.min(limits.container_bytes), entries: limits.entries }
    }

    /// What was hit, where nothing more may be unpacked.
    #[must_use]
    pub fn exhausted(&self) -> Option<&'static str> {
        match (self.entries, self.bytes) {
            (0, _) => Some("too many entries; the rest was not read"),
            (_, 0) => Some("too much to unpack; the rest was not read"),
            _ => None,
        }
    }
}
