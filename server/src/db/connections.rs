//! How many connections to PostgreSQL one process has at most.

/// Those that write and those that read are apart: an act that reads beside its transaction must not
/// wait for a connection that other acts hold while they wait for theirs. Nothing that reads holds two,
/// which the stories prove by running with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    pub writers: u32,
    pub readers: u32,
}

impl Connections {
    pub const LEAST: u32 = 2;
    pub const MOST: u32 = 1_000;
    pub const USUAL: u32 = 32;

    /// Half of them read.
    pub fn of(all: u32) -> Connections {
        let all = all.clamp(Connections::LEAST, Connections::MOST);
        Connections { writers: all - all / 2, readers: all / 2 }
    }
}

impl Default for Connections {
    fn default() -> Connections {
        Connections::of(Connections::USUAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_of_each_at_least() {
        let of = |all| (Connections::of(all).writers, Connections::of(all).readers);
        assert_eq!([of(0), of(2), of(3), of(32)], [(1, 1), (1, 1), (2, 1), (16, 16)]);
    }
}
