//! A small HTTP/1.1 client that keeps its connection, so that the server is measured and not us.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body of a success as JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        if self.status >= 300 {
            bail!("{}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// One connection, over TCP or a unix socket.
pub struct Connection<S> {
    stream: BufReader<S>,
    host: String,
}

impl<S: Read + Write> Connection<S> {
    pub fn new(stream: S, host: &str) -> Self {
        Connection { stream: BufReader::new(stream), host: host.to_owned() }
    }

    /// One request and its answer; `authorization` may be empty.
    pub fn send(
        &mut self,
        method: &str,
        target: &str,
        authorization: &str,
        body: &[u8],
    ) -> Result<Answer> {
        let mut request = format!("{method} {target} HTTP/1.1\r\nhost: {}\r\n", self.host);
        if !authorization.is_empty() {
            request += &format!("authorization: {authorization}\r\n");
        }
        if method != "GET" {
            let length = body.len();
            request += &format!("content-type: application/json\r\ncontent-length: {length}\r\n");
        }
        request += "\r\n";
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        self.stream.get_mut().write_all(&bytes)?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Answer> {
        let line = self.line()?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("'{line}' is no status line"))?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(_) => {}
            }
        }
        let body = if chunked { self.chunks()? } else { self.exactly(length)? };
        Ok(Answer { status, body })
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.line()?;
            let length = usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16)?;
            body.extend(self.exactly(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }

    fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the server has closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    struct Script(Cursor<Vec<u8>>);

    impl Read for Script {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl Write for Script {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn answers_of_both_kinds_are_read_one_after_the_other() {
        let script = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        let script = Script(Cursor::new(script.as_bytes().to_vec()));
        let mut connection = Connection::new(script, "h");
        assert_eq!(
            connection.send("GET", "/", "", b"").unwrap().json().unwrap(),
            serde_json::json!([])
        );
        let second = connection.send("GET", "/", "", b"").unwrap();
        assert_eq!((second.status, second.body.as_slice()), (404, b"abcde".as_slice()));
        assert!(second.json().is_err());
        assert!(connection.send("GET", "/", "", b"").is_err());
    }
}
