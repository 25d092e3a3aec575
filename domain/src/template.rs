//! Templates: what an instance's disk is made from.

text_enum! {
    /// Who sees a template: its organization, or everybody.
    pub enum Visibility {
        Private = "private",
        Public = "public",
    }
}

text_enum! {
    /// How an instance made from the template boots.
    pub enum BootMode {
        Legacy = "legacy",
        Uefi = "uefi",
    }
}

/// Seconds a stop asks politely before it forces, unless the template says otherwise.
pub const STOP_POLITE_SECONDS: i64 = 10;

/// GiB that a disk must have at least for a template whose content is `size_bytes` large.
pub fn disk_gib_needed(size_bytes: i64) -> i64 {
    const GIB: i64 = 1 << 30;
    size_bytes.saturating_add(GIB - 1) / GIB
}
