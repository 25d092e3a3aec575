//! Whatever is changed of an exported trail is found, and where.

use super::*;
use crate::seal::Sealer;

const ORG: OrgId = OrgId(domain::Uuid::from_u128(7));
const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

fn key() -> SigningKey {
    SigningKey::of(&Sealer::from_key([7; 32]))
}

/// A chain as it is written, of events whose texts need escapes.
fn chain(events: i64) -> Vec<Link> {
    let mut previous = String::new();
    let links = (1..=events).map(|sequence| {
        let mut link = Link {
            sequence,
            hash: String::new(),
            previous: std::mem::take(&mut previous),
            org: ORG.to_string(),
            project: "p".into(),
            at_us: NOW.0 + sequence,
            operation: "create-instance".into(),
            subject_id: String::new(),
            operation_id: String::new(),
            actor: "Zoë \",\"event\":{}\\".into(),
            request_id: sequence.to_string(),
            status: 200,
            data: format!("{{\"n\":{sequence},\"event\":\"é\\n\"}}"),
        };
        link.hash = link.computed().unwrap();
        previous.clone_from(&link.hash);
        link
    });
    links.collect()
}

/// The file of some of a chain's events, signed as the platform signs it.
fn file(key: &SigningKey, links: &[Link], newest: i64) -> String {
    let (first, last) = (links[0].sequence, links[links.len() - 1].clone());
    let mut begin = Begin {
        couloir_audit_export: FORMAT,
        organization: ORG,
        origin: "https://cloud.example".into(),
        made_at: NOW,
        first,
        last: last.sequence,
        public_key: key.public().text(),
        signature: String::new(),
    };
    begin.signature = key.sign(&begin.signed());
    let head = signed_head(key, ORG, (last.sequence, last.hash), NOW);
    let mut end = End { newest, head, signature: String::new() };
    end.signature = key.sign(&end.signed(&begin));
    let mut text = serde_json::to_string(&begin).unwrap() + "\n";
    links.iter().for_each(|link| text.push_str(&(link.line().unwrap() + "\n")));
    text + &serde_json::to_string(&end).unwrap() + "\n"
}

fn broken(text: &[u8]) -> Broken {
    verify(text, None, &[]).expect_err("it was changed")
}

#[test]
fn a_whole_file_says_what_it_proves() {
    let links = chain(5);
    let proven = verify(file(&key(), &links, 5).as_bytes(), Some(&key().public()), &[]).unwrap();
    assert_eq!((proven.first, proven.last, proven.newest), (1, 5, 5));
    assert_eq!(proven.span, (Timestamp(NOW.0 + 1), Timestamp(NOW.0 + 5)));
    let middle = verify(file(&key(), &links[2..4], 5).as_bytes(), None, &[]).unwrap();
    assert_eq!((middle.first, middle.last, middle.newest), (3, 4, 5));
}

#[test]
fn any_flipped_byte_is_found_in_its_line() {
    for links in [&chain(4)[..], &chain(4)[2..]] {
        let whole = file(&key(), links, 4).into_bytes();
        let mut line = 1;
        for (at, was) in whole.iter().enumerate() {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            let found = broken(&changed);
            assert_eq!(found.line, line, "{found} {}", String::from_utf8_lossy(&changed));
            let event = links.get((line as usize).wrapping_sub(2)).map(|link| link.sequence);
            assert_eq!(found.event, event, "{found}");
            if *was == b'\n' {
                line += 1;
            }
        }
    }
}

#[test]
fn lines_that_are_removed_added_or_moved_are_found_where_they_are() {
    let whole = file(&key(), &chain(4), 4);
    let lines: Vec<&str> = whole.lines().collect();
    let text = |lines: &[&str]| lines.join("\n") + "\n";
    for at in 1..=4 {
        let mut without = lines.clone();
        without.remove(at);
        assert_eq!(broken(text(&without).as_bytes()).line, at as u64 + 1);
        let mut twice = lines.clone();
        twice.insert(at + 1, lines[at]);
        assert_eq!(broken(text(&twice).as_bytes()).line, at as u64 + 2);
        for other in at + 1..=4 {
            let mut moved = lines.clone();
            moved.swap(at, other);
            let found = broken(text(&moved).as_bytes());
            assert_eq!((found.line, found.event), (at as u64 + 1, Some(at as i64)));
        }
    }
    for end in 0..whole.len() {
        broken(&whole.as_bytes()[..end]);
    }
    broken((whole.clone() + "\n").as_bytes());
    broken((whole + "{}\n").as_bytes());
}

#[test]
fn a_trail_that_was_written_anew_does_not_agree_with_a_head_that_was_kept() {
    let links = chain(4);
    let kept = signed_head(&key(), ORG, (2, links[1].hash.clone()), NOW);
    let later = signed_head(&key(), ORG, (9, "later".into()), Timestamp(NOW.0 + 1));
    let file_of = |links: &[Link]| file(&key(), links, 4).into_bytes();
    let heads = [kept.clone(), later];
    let proven = verify(&file_of(&links)[..], None, &heads).unwrap();
    assert_eq!(proven.heads.iter().map(|(_, reached)| *reached).collect::<Vec<_>>(), [true, false]);

    let mut anew: Vec<Link> = links.clone();
    anew[1].actor = "nobody".into();
    for at in 1..4 {
        anew[at].previous = anew[at - 1].hash.clone();
        anew[at].hash = anew[at].computed().unwrap();
    }
    let found = verify(&file_of(&anew)[..], None, &[]).map(|proven| proven.last);
    assert_eq!(found, Ok(4), "without the head nobody could know");
    let found = verify(&file_of(&anew)[..], None, &[kept]).expect_err("it is another event");
    assert_eq!((found.line, found.event), (3, Some(2)));
}

#[test]
fn a_trail_whose_end_was_removed_does_not_agree_with_a_head_that_was_kept() {
    let links = chain(9);
    let kept = signed_head(&key(), ORG, (9, links[8].hash.clone()), NOW);
    let cut = file(&key(), &links[..4], 4);
    assert!(verify(cut.as_bytes(), None, &[]).is_ok(), "without the head nobody could know");
    let found =
        verify(cut.as_bytes(), None, std::slice::from_ref(&kept)).expect_err("five are gone");
    assert!(found.what.contains("of event 9: its end was removed"), "{found}");
    let part = file(&key(), &links[..4], 9);
    let proven = verify(part.as_bytes(), None, &[kept]).unwrap();
    assert!(!proven.heads[0].1, "the file says that there are more than it holds");
}

#[test]
fn only_the_platforms_key_signs() {
    let other = SigningKey::of(&Sealer::from_key([8; 32]));
    let forged = file(&other, &chain(2), 2);
    let found = verify(forged.as_bytes(), Some(&key().public()), &[]).expect_err("another key");
    assert_eq!(found.line, 1);
    assert!(found.what.contains(&other.public().id()), "{found}");
    let public = key().public();
    assert_eq!(PublicKey::read(&public.pem()), Some(public.clone()));
    assert_eq!(PublicKey::read(&public.text()), Some(public));
    assert_eq!(PublicKey::read("AAAA"), None);
}
