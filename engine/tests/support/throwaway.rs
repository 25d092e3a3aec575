//! An Incus to test on: one that is there, or a throw-away one of our own.

use super::{cache, raw};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub struct Throwaway {
    pub socket: PathBuf,
    /// `None` when somebody else started it.
    own: Option<tempfile::TempDir>,
}

impl Throwaway {
    /// `None`, said loudly, where there can be no Incus and none is required.
    pub fn or_skip(what: &str) -> Option<Throwaway> {
        match Throwaway::find() {
            Ok(host) => Some(host),
            Err(why) if std::env::var("COULOIR_REQUIRE_INCUS").as_deref() == Ok("1") => {
                panic!("{what} is required (COULOIR_REQUIRE_INCUS=1), but: {why}")
            }
            Err(why) => {
                // Not through the test's captured output: a skipped test has to be seen.
                use std::io::Write;
                let _ = writeln!(std::io::stderr(), "SKIPPED: {what}: {why}");
                None
            }
        }
    }

    fn find() -> Result<Throwaway, String> {
        if let Ok(url) = std::env::var("COULOIR_TEST_INCUS") {
            let socket = url.strip_prefix("unix://").ok_or("COULOIR_TEST_INCUS is no unix:// URL");
            let socket = PathBuf::from(socket?);
            raw::get(&socket, "/1.0");
            return Ok(Throwaway { socket, own: None });
        }
        let dir = tempfile::Builder::new().prefix("couloir-incus-").tempdir().unwrap();
        let debs = cache().join("debs");
        std::fs::create_dir_all(&debs).unwrap();
        std::os::unix::fs::symlink(&debs, dir.path().join("debs")).unwrap();
        let owner = std::process::id().to_string();
        let output = run(&script("up.sh"), &[dir.path().to_str().unwrap(), &owner]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => {
                let socket = dir.path().join("state").join("unix.socket");
                Ok(Throwaway { socket, own: Some(dir) })
            }
            Some(3) => Err(said.trim().to_owned()),
            _ => panic!("up.sh failed: {said}"),
        }
    }

    pub fn url(&self) -> String {
        format!("unix://{}", self.socket.display())
    }

    /// The folder of the daemon's state, if it is our own.
    pub fn state(&self) -> Option<PathBuf> {
        self.own.as_ref().map(|dir| dir.path().join("state"))
    }

    /// The beginning of a command that is run where instances can be reached from.
    pub fn in_its_network(&self) -> Vec<String> {
        let Some(dir) = &self.own else { return Vec::new() };
        let pid = std::fs::read_to_string(dir.path().join("pid")).unwrap();
        ["nsenter", "--target", pid.trim(), "--net", "--"].map(String::from).to_vec()
    }

    /// What the instance answers to an HTTP request, if it does within some seconds.
    pub fn request(&self, ip: Ipv4Addr, path: &str) -> Option<String> {
        let ask = format!(
            "exec 3<>/dev/tcp/{ip}/80 && printf 'GET {path} HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3"
        );
        let mut command = self.in_its_network();
        command.extend(["timeout", "5", "bash", "-c", &ask].map(String::from));
        for _ in 0..100 {
            let output = run(Path::new(&command[0]), &command[1..]);
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n")
                && head.contains(" 200 ")
            {
                return Some(body.trim().to_owned());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        None
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        if let Some(dir) = &self.own {
            run(&script("down.sh"), &[dir.path().to_str().unwrap()]);
        }
    }
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("incus").join(name)
}

pub fn run<S: AsRef<std::ffi::OsStr>>(program: &Path, arguments: &[S]) -> Output {
    let output = Command::new(program).args(arguments).stdin(std::process::Stdio::null()).output();
    output.unwrap_or_else(|error| panic!("{} can't be run: {error}", program.display()))
}
