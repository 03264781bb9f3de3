//! A file as found.
