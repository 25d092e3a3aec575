//! A receiver of webhooks on this machine, which answers as a test says.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

#[derive(Clone)]
pub enum Answers {
    All(u16),
    /// What says this, with 422; anything else with 200.
    Refuses(&'static str),
    Redirects(String),
    Never,
    /// Headers without an end.
    Endless,
}

#[derive(Clone)]
pub struct Message {
    pub headers: HashMap<String, String>,
    pub text: String,
    pub body: Value,
}

impl Message {
    pub fn id(&self) -> String {
        self.headers["webhook-id"].clone()
    }

    /// Verifies it as a receiver does.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap();
        let (id, at) = (&self.headers["webhook-id"], &self.headers["webhook-timestamp"]);
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.{at}.{}", self.text).as_bytes());
        let right = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.headers["webhook-signature"].split(' ').any(|signature| signature == right)
    }
}

struct Inside {
    answers: Mutex<Answers>,
    taken: Mutex<Vec<Message>>,
    connections: AtomicUsize,
    came: Notify,
}

pub struct Sink {
    pub url: String,
    inside: Arc<Inside>,
}

impl Sink {
    pub async fn open(answers: Answers) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let inside = Arc::new(Inside {
            answers: Mutex::new(answers),
            taken: Mutex::default(),
            connections: AtomicUsize::new(0),
            came: Notify::new(),
        });
        let own = inside.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                own.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(own.clone(), stream));
            }
        });
        Sink { url, inside }
    }

    /// Changes its mind.
    pub fn answers(&self, answers: Answers) {
        *self.inside.answers.lock().unwrap() = answers;
    }

    /// What arrived, whatever it was answered with.
    pub fn taken(&self) -> Vec<Message> {
        self.inside.taken.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        self.inside.connections.load(Ordering::SeqCst)
    }

    /// Waits until so many arrived.
    pub async fn until(&self, count: usize) {
        loop {
            let came = self.inside.came.notified();
            if self.taken().len() >= count {
                return;
            }
            came.await;
        }
    }
}

async fn serve(inside: Arc<Inside>, mut stream: TcpStream) -> Option<()> {
    let message = read(&mut stream).await?;
    let said = message.text.clone();
    inside.taken.lock().unwrap().push(message);
    inside.came.notify_waiters();
    let answers = inside.answers.lock().unwrap().clone();
    let head = match answers {
        Answers::All(status) => format!("HTTP/1.1 {status} X\r\n"),
        Answers::Refuses(what) if said.contains(what) => "HTTP/1.1 422 X\r\n".to_owned(),
        Answers::Refuses(_) => "HTTP/1.1 200 X\r\n".to_owned(),
        Answers::Redirects(to) => format!("HTTP/1.1 307 X\r\nlocation: {to}\r\n"),
        Answers::Never => std::future::pending().await,
        Answers::Endless => {
            stream.write_all(b"HTTP/1.1 200 X\r\n").await.ok()?;
            loop {
                stream.write_all(b"x-more: of the same and of the same again\r\n").await.ok()?;
            }
        }
    };
    stream.write_all(format!("{head}content-length: 0\r\n\r\n").as_bytes()).await.ok()
}

async fn read(stream: &mut TcpStream) -> Option<Message> {
    let mut bytes = Vec::new();
    let (head, mut body) = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break (String::from_utf8_lossy(&bytes[..at]).into_owned(), bytes[at + 4..].to_vec());
        }
        let mut buffer = [0; 4_096];
        let n = stream.read(&mut buffer).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&buffer[..n]);
    };
    let headers: HashMap<_, _> = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers["content-length"].parse().unwrap();
    while body.len() < length {
        let mut buffer = [0; 4_096];
        let n = stream.read(&mut buffer).await.ok().filter(|n| *n > 0)?;
        body.extend_from_slice(&buffer[..n]);
    }
    let text = String::from_utf8(body).unwrap();
    let body = serde_json::from_str(&text).unwrap();
    Some(Message { headers, text, body })
}
