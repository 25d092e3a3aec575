//! Birth, work and death of an instance.

use super::{Side, Step, USER_DATA, address, check_boots, seen, spec};
use engine::{EngineError, EngineKind, Power, Size, Stopped};
use std::time::Duration;

pub async fn tell(side: &dyn Side) {
    let engine = side.engine();
    let [image, stubborn_image] = side.images();
    let web = spec("web", &image, "Web \"1\" / \u{e4}");

    let step = Step::begin("create, and create again");
    assert_eq!(engine.observe(&web.name).await.unwrap(), None);
    engine.create(&web).await.unwrap();
    engine.create(&web).await.unwrap();
    step.end();
    let now = seen(side, &web.name).await;
    assert_eq!((now.power, &now.size), (Power::Stopped, &web.size));
    let written = side.written(&web.name);
    assert_eq!(written.size, web.size, "limits, as the engine itself has them");
    assert_eq!(written.user_data.as_deref(), Some(USER_DATA.as_bytes()), "byte for byte");

    let step = Step::begin("start, with an address, and start again");
    engine.start(&web.name).await.unwrap();
    let ip = seen(side, &web.name).await.ipv4.expect("an address from the first moment");
    engine.start(&web.name).await.unwrap();
    step.end();
    let now = seen(side, &web.name).await;
    assert_eq!(now.power, Power::Running);
    assert!(now.mac.is_some());
    if let Some(answer) = side.request(ip, "/") {
        assert_eq!(answer, web.name, "the instance itself answers");
    }
    check_limits(side, &web.name, &web.size).await;
    check_boots(side, &web.name, 1).await;

    let step = Step::begin("stop, and start again");
    engine.stop(&web.name, 60).await.unwrap();
    engine.start(&web.name).await.unwrap();
    step.end();
    check_boots(side, &web.name, 2).await;

    let step = Step::begin("stop politely, and stop again");
    let resized = Size { cpus: 2, memory_mib: 96, disk_gib: 2 };
    let running = engine.resize(&web.name, &resized).await;
    assert!(matches!(running, Err(EngineError::Refused(_))), "{running:?}");
    assert_eq!(engine.stop(&web.name, 60).await.unwrap(), Stopped::Politely);
    assert_eq!(engine.stop(&web.name, 60).await.unwrap(), Stopped::Politely);
    step.end();

    let step = Step::begin("resize, twice");
    engine.resize(&web.name, &resized).await.unwrap();
    engine.resize(&web.name, &resized).await.unwrap();
    step.end();
    assert_eq!(side.written(&web.name).size, resized);
    assert_eq!(seen(side, &web.name).await.size, resized);
    let smaller = Size { disk_gib: 1, ..resized };
    let shrunk = engine.resize(&web.name, &smaller).await;
    assert!(matches!(shrunk, Err(EngineError::Refused(_))), "disks only grow");
    engine.start(&web.name).await.unwrap();
    check_limits(side, &web.name, &resized).await;

    passwords(side, &web.name).await;

    let step = Step::begin("create and delete, twice at once");
    let twin = spec("twin", &image, "twin");
    let both = tokio::join!(engine.create(&twin), engine.create(&twin));
    check_both(both);
    eventually(async || engine.start(&twin.name).await).await;
    let both = tokio::join!(engine.delete(&twin.name), engine.delete(&twin.name));
    check_both(both);
    eventually(async || engine.delete(&twin.name).await).await;
    assert!(!side.exists(&twin.name));
    step.end();

    let step = Step::begin("stop by force");
    let name = if engine.kind() == EngineKind::Sim { "sim-ignores-stop" } else { "stubborn" };
    let stubborn = spec("stubborn", &stubborn_image, name);
    engine.create(&stubborn).await.unwrap();
    engine.start(&stubborn.name).await.unwrap();
    if engine.kind() == EngineKind::Incus {
        let unable = engine.set_password(&stubborn.name, "root", "x").await;
        assert!(matches!(unable, Err(EngineError::Unsupported(_))), "{unable:?}");
    }
    assert_eq!(engine.stop(&stubborn.name, 1).await.unwrap(), Stopped::Forced);
    assert_eq!(seen(side, &stubborn.name).await.power, Power::Stopped);
    step.end();

    let step = Step::begin("delete, running and stopped, twice each");
    for name in [&web.name, &stubborn.name] {
        engine.delete(name).await.unwrap();
        engine.delete(name).await.unwrap();
        assert!(!side.exists(name));
    }
    step.end();
    let gone = engine.start(&web.name).await;
    assert!(matches!(gone, Err(EngineError::NotFound(_))), "{gone:?}");
    let gone = engine.stop(&web.name, 1).await;
    assert!(matches!(gone, Err(EngineError::NotFound(_))), "{gone:?}");
}

/// Of two at once, the second may be told to try again, but never that it is wrong.
fn check_both((first, second): (Result<(), EngineError>, Result<(), EngineError>)) {
    for one in [first, second] {
        assert!(one.as_ref().err().is_none_or(EngineError::is_worth_retrying), "{one:?}");
    }
}

async fn eventually(call: impl AsyncFn() -> Result<(), EngineError>) {
    for _ in 0..600 {
        match call().await {
            Err(error) if error.is_worth_retrying() => {}
            done => return done.unwrap(),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it was told to try again for a minute");
}

/// Seen from inside, where the engine claims to enforce them.
async fn check_limits(side: &dyn Side, name: &str, size: &Size) {
    if !side.engine().health().await.unwrap().enforces_limits {
        return;
    }
    let expected = format!("{} {}", size.cpus, size.memory_mib * 1024);
    let ip = address(side, name).await;
    let mut seen = String::new();
    for _ in 0..600 {
        seen = side.request(ip, "/limits").expect("it answers");
        if seen == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(seen, expected, "limits seen from inside, after a minute");
}

async fn passwords(side: &dyn Side, name: &str) {
    let step = Step::begin("set a password");
    let engine = side.engine();
    let strange = "p\u{e4}ss: $(reboot) `'\"\\";
    engine.set_password(name, "root", strange).await.unwrap();
    step.end();
    if let Some(given) = side.file(name, "/root/given") {
        assert_eq!(given, format!("root:{strange}\n"), "as chpasswd was given it");
        let two = engine.set_password(name, "root", "a\nother:b").await;
        assert!(matches!(two, Err(EngineError::Refused(_))), "{two:?}");
        let nobody = engine.set_password(name, "nobody-there", "x").await;
        assert!(matches!(nobody, Err(EngineError::Refused(_))), "{nobody:?}");
    }
    let absent = engine.set_password("couloir-absent", "root", "x").await;
    assert!(matches!(absent, Err(EngineError::NotFound(_))), "{absent:?}");
}
