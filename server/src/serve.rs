//! `couloir serve`: puts the parts together, listens, and ends tidily.

use crate::{
    admin, audit,
    clock::SystemClock,
    cloud::{Cloud, Parts},
    config::{Config, Storage},
    db::{Db, Dialect},
    error::{Error, Result},
    housekeeping, http as api_http,
    mail::{self, Mail},
    metrics, operations,
    outbound::Outbound,
    portal, reconcile,
    seal::Sealer,
    templates, webhooks,
    zones::Zones,
};
use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    serve::ListenerExt,
};
use axum_server::{
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use domain::catalogue::Catalogue;
use std::{fs::File, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch};

const SHIPPED_CATALOGUE: &str = include_str!("../catalogue.toml");
/// How long open requests may take after SIGTERM.
const GRACE: Duration = Duration::from_secs(8);
/// How long the database may take to close.
const CLOSE: Duration = Duration::from_secs(1);

/// The database and the folder, opened; on SQLite nobody else may have them.
pub struct Opened {
    pub db: Db,
    pub sealer: Sealer,
    pub catalogue: Catalogue,
    /// Held until the process ends.
    pub lock: Option<File>,
}

/// Opens what a storage setting names. `None` for the lock when another process holds it.
pub async fn open(storage: &Storage) -> Result<Opened> {
    let failed = |e: std::io::Error| Error::Startup(format!("{}: {e}", storage.data.display()));
    std::fs::create_dir_all(&storage.data).map_err(failed)?;
    let lock = take_lock(&storage.data.join("lock"))?;
    let catalogue = read_catalogue(&storage.data.join("catalogue.toml"))?;
    let sealer = Sealer::open(&storage.data, storage.key.as_deref())?;
    let db = Db::open(&storage.database, storage.connections, Arc::new(SystemClock)).await?;
    Ok(Opened { db, sealer, catalogue, lock })
}

fn take_lock(path: &Path) -> Result<Option<File>> {
    let failed = |e: std::io::Error| Error::Startup(format!("{}: {e}", path.display()));
    let file =
        File::options().create(true).truncate(false).write(true).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(e)) => Err(failed(e)),
    }
}

/// The operator's catalogue; the shipped one is put there first.
fn read_catalogue(path: &Path) -> Result<Catalogue> {
    let failed = |e: std::io::Error| Error::Startup(format!("{}: {e}", path.display()));
    if !path.exists() {
        std::fs::write(path, SHIPPED_CATALOGUE).map_err(failed)?;
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    Ok(Catalogue::parse(&text)?)
}

/// Serves until SIGTERM or Ctrl-C.
pub async fn run(config: Config) -> Result<()> {
    let opened = open(&config.storage).await?;
    if opened.lock.is_none() {
        return Err(Error::Startup(format!(
            "another couloir serves from {} already: stop it, or give this one a --data folder of its own",
            config.storage.data.display()
        )));
    }
    let dialect = opened.db.dialect;
    let cloud = Cloud::new(Parts {
        db: opened.db,
        clock: Arc::new(SystemClock),
        sealer: opened.sealer,
        catalogue: opened.catalogue,
        zones: Zones::open(&config.zones, config.sim_pace, &config.storage.data)?,
        origin: config.origin.clone(),
        data: config.storage.data.clone(),
        mail: Mail::open(&config.mail, &config.origin, &config.storage.data)?,
        outbound: Outbound::open(&config.outbound)?,
    });
    templates::publish_own(&cloud).await?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(end_on_signal(stop));
    let _admin = admin::socket::listen(cloud.clone())?;
    tokio::spawn(prepare_engines(cloud.clone()));
    let worker = tokio::spawn(operations::worker::run(cloud.clone(), stopped.clone()));
    tokio::spawn(housekeeping::run(cloud.clone()));
    tokio::spawn(audit::calls::run(cloud.clone()));
    tokio::spawn(mail::run(cloud.clone()));
    tokio::spawn(webhooks::run(cloud.clone()));
    tokio::spawn(reconcile::watch(cloud.clone()));
    if let Some(address) = config.metrics {
        let listener = bind(address).await?;
        tokio::spawn(axum::serve(listener, metrics::router(cloud.clone())).into_future());
    }
    listen(&config, cloud.clone(), stopped).await?;
    // It was told to end when the listener was, and gives up before the listener does.
    let _ = worker.await;
    crate::last_used::write(&cloud).await?;
    audit::calls::write(&cloud).await?;
    if dialect == Dialect::Sqlite {
        cloud.db.checkpoint().await?;
    }
    // A connection that is still busy is not waited for: what it does not commit has not happened.
    let _ = tokio::time::timeout(CLOSE, cloud.db.close()).await;
    tracing::info!("ended");
    Ok(())
}

/// The whole of HTTP: API, portal, and what every answer gets.
pub fn router(cloud: Arc<Cloud>, config: &Config) -> Router {
    let api = api_http::api_router(cloud.clone());
    let https = config.origin.starts_with("https://");
    let trusted: Arc<[ipnet::IpNet]> = config.trusted_proxies.clone().into();
    api_http::compression::compressed(api.clone().merge(portal::router(cloud, api)))
        .layer(from_fn(move |request: Request, next: Next| {
            api_http::security_headers(https, request, next)
        }))
        .layer(from_fn(move |request: Request, next: Next| {
            api_http::source::note(trusted.clone(), request, next)
        }))
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|e| Error::Startup(format!("{address} can't be listened on: {e}")))
}

async fn listen(
    config: &Config,
    cloud: Arc<Cloud>,
    mut stopped: watch::Receiver<bool>,
) -> Result<()> {
    let router = router(cloud, config);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(listen = %config.listen, origin = config.origin, "serving");
    if config.has_no_real_origin() {
        tracing::warn!(
            origin = config.origin,
            "no client can be at this address, so nobody can sign in: give --origin, what clients see"
        );
    }
    if let Some((cert, key)) = &config.tls {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tls = RustlsConfig::from_pem_file(cert, key)
            .await
            .map_err(|e| Error::Startup(format!("the certificate can't be used: {e}")))?;
        let handle = axum_server::Handle::new();
        let ending = handle.clone();
        tokio::spawn(async move {
            let _ = stopped.wait_for(|s| *s).await;
            ending.graceful_shutdown(Some(GRACE));
        });
        // Without delay, as the plain listener below.
        let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
        return axum_server::bind(config.listen)
            .acceptor(acceptor)
            .handle(handle)
            .serve(service)
            .await
            .map_err(|e| Error::Startup(format!("{} can't be listened on: {e}", config.listen)));
    }
    // Without this, small answers on a kept connection wait for the other side's delayed ACK.
    let listener = bind(config.listen).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let mut ending = stopped.clone();
    let serving = axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            let _ = stopped.wait_for(|s| *s).await;
        })
        .into_future();
    tokio::select! {
        done = serving => done.map_err(Error::internal),
        // Event streams never end by themselves.
        () = async {
            let _ = ending.wait_for(|s| *s).await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    }
}

/// Gives an empty engine a pool and a network, when it answers.
async fn prepare_engines(cloud: Arc<Cloud>) {
    for zone in cloud.zones.iter() {
        match zone.engine.prepare().await {
            Ok(()) => tracing::info!(
                zone = zone.name,
                engine = zone.engine.kind().as_str(),
                "zone is ready"
            ),
            Err(error) => {
                tracing::warn!(zone = zone.name, %error, "the zone's engine is not ready; its instances wait")
            }
        }
    }
}

async fn end_on_signal(stop: watch::Sender<bool>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("ending: open requests are finished first");
    let _ = stop.send(true);
}
