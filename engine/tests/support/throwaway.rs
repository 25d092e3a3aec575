//! An Incus to test on: one that is there (`COULOIR_TEST_INCUS`, and `COULOIR_TEST_INCUS_PID` if its
//! instances are only reached from that process' network), or a throw-away one of our own.

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
        let pid = match &self.own {
            Some(dir) => std::fs::read_to_string(dir.path().join("pid")).unwrap(),
            None => match std::env::var("COULOIR_TEST_INCUS_PID") {
                Ok(pid) => pid,
                Err(_) => return Vec::new(),
            },
        };
        ["nsenter", "--target", pid.trim(), "--net", "--"].map(String::from).to_vec()
    }

    /// What the instance answers to an HTTP request, if it does within some seconds.
    pub fn request(&self, ip: Ipv4Addr, path: &str) -> Option<String> {
        for _ in 0..300 {
            let text = self.talk(ip, 80, &format!("GET {path} HTTP/1.0\\r\\n\\r\\n"));
            if let Some((head, body)) = text.as_deref().and_then(|text| text.split_once("\r\n\r\n"))
                && head.contains(" 200 ")
            {
                return Some(body.trim().to_owned());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        None
    }

    /// What is heard within two seconds, or until it hangs up, after saying `printf`'s `text`.
    pub fn talk(&self, ip: Ipv4Addr, port: u16, text: &str) -> Option<String> {
        let talk = format!("exec 3<>/dev/tcp/{ip}/{port} && printf '{text}' >&3 && cat <&3");
        let mut command = self.in_its_network();
        command.extend(["timeout", "2", "bash", "-c", &talk].map(String::from));
        let output = run(Path::new(&command[0]), &command[1..]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        (!text.is_empty()).then_some(text)
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
