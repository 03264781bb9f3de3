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
    /// Entries of a container.
    pub entries: usize,
    /// Containers within containers.
    pub container_depth: usize,
    /// Bytes that all entries of one container, with those nested in them, may unpack to.
    pub container_bytes: u64,
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
        entries: 100_000,
        container_depth: 4,
        container_bytes: 4 << 30,
    };
}
