//! Mail as the operator finds it: files in the data folder.

use super::Platform;

impl Platform {
    /// Sends what is queued; answers every mail so far, the oldest first, as people read it.
    pub async fn mails(&self) -> Vec<String> {
        server::mail::deliver(&self.cloud).await.unwrap();
        let folder = self.storage().1.join("mail");
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        // The clock of their names stands still.
        files.sort_by_key(|file| file.metadata().unwrap().modified().unwrap());
        files.iter().map(|file| readable(&std::fs::read_to_string(file).unwrap())).collect()
    }

    /// Mails to an address, the oldest first.
    pub async fn mails_to(&self, address: &str) -> Vec<String> {
        let to = format!("To: {address}\r\n");
        self.mails().await.into_iter().filter(|mail| mail.contains(&to)).collect()
    }

    /// The token of the newest link to an address. What is sent behind an answer's back is waited for.
    pub async fn token_for(&self, address: &str, after: usize) -> String {
        let found = async {
            loop {
                let mails = self.mails_to(address).await;
                if let Some(newest) = mails.iter().skip(after).last() {
                    return token(newest);
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), found).await.unwrap()
    }
}

/// What stands behind `token=`.
pub fn token(mail: &str) -> String {
    let behind = mail.split_once("token=").unwrap().1;
    behind.split_whitespace().next().unwrap().to_owned()
}

/// Without quoted-printable, as far as links are concerned.
fn readable(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=3D", "=")
}
