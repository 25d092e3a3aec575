//! `DATA/admin.sock`: commands to a running server, one JSON line each way. Who may open the file
//! may do everything, so only its owner may.

use super::{Answer, Command, run};
use crate::{
    cloud::Cloud,
    error::{Error, Result},
};
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
};

fn path(data: &Path) -> PathBuf {
    data.join("admin.sock")
}

/// Removes the socket when the server ends.
pub struct Listening(PathBuf);

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Listens until the process ends. Only who holds the folder's lock may call this.
pub fn listen(cloud: Arc<Cloud>) -> Result<Listening> {
    let path = path(&cloud.data);
    let failed = |e: std::io::Error| Error::Startup(format!("{}: {e}", path.display()));
    // Left behind by a process that was killed: we hold the lock, so nobody listens there.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).map_err(failed)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).map_err(failed)?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let cloud = cloud.clone();
            tokio::spawn(async move {
                if let Err(error) = serve(cloud, stream).await {
                    tracing::warn!(%error, "an admin command broke off");
                }
            });
        }
    });
    Ok(Listening(path))
}

async fn serve(cloud: Arc<Cloud>, mut stream: UnixStream) -> std::io::Result<()> {
    let mut line = String::new();
    BufReader::new(&mut stream).read_line(&mut line).await?;
    let result: std::result::Result<Answer, String> = match serde_json::from_str::<Command>(&line) {
        Ok(command) => run(&cloud, command).await.map_err(|e| e.to_string()),
        Err(error) => Err(format!("this command is not known to the running server: {error}")),
    };
    let mut text = serde_json::to_string(&result)?;
    text.push('\n');
    stream.write_all(text.as_bytes()).await
}

/// Asks the running server, if there is one.
pub async fn ask(data: &Path, command: &Command) -> Option<Result<Answer>> {
    let mut stream = UnixStream::connect(path(data)).await.ok()?;
    let answer = async {
        let mut text = serde_json::to_string(command)?;
        text.push('\n');
        stream.write_all(text.as_bytes()).await?;
        let mut line = String::new();
        BufReader::new(&mut stream).read_line(&mut line).await?;
        std::io::Result::Ok(serde_json::from_str::<std::result::Result<Answer, String>>(&line)?)
    };
    Some(match answer.await {
        Ok(answer) => answer.map_err(Error::Startup),
        Err(error) => Err(Error::Startup(format!("the running server broke off: {error}"))),
    })
}
