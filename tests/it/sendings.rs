//! Papers in pieces: gone on with after a break, judged as any other, swept away when nobody goes on, and nobody else's.
use crate::papers::{begin, heavy, page, papers};
use crate::visitor::pdf;
use crate::{Answered, Visitor, World};
use diesel::prelude::*;
use std::io::Write as _;
use subgrant::applications::sending;
use subgrant::kernel::{ApplicationId, fingerprint};
use subgrant::store::schema;
use subgrant::web::SESSION_COOKIE;

fn wish(visitor: &Visitor, id: ApplicationId, document: &str, name: &str, bytes: usize) -> Answered {
    let size = bytes.to_string();
    visitor.post(&format!("/api/v1/applications/{id}/uploads"), &[("document", document), ("name", name), ("bytes", &size), ("mark", "1508490000000")])
}

fn started(visitor: &Visitor, id: ApplicationId, document: &str, name: &str, bytes: usize) -> String {
    wish(visitor, id, document, name, bytes).expect(200).json()["id"].as_str().unwrap().to_owned()
}

fn piece(visitor: &Visitor, upload: &str, at: usize, bytes: &[u8]) -> Answered {
    let request = visitor.request("POST", &format!("/api/v1/uploads/{upload}/pieces?at={at}"));
    visitor.send(request.header("x-csrf", visitor.csrf()).header("content-type", "application/octet-stream").body(bytes.to_vec()))
}

fn got(visitor: &Visitor, upload: &str) -> i64 {
    visitor.get(&format!("/api/v1/uploads/{upload}")).expect(200).json()["got"].as_i64().unwrap()
}

fn complete(visitor: &Visitor, upload: &str, more: &[(&str, &str)]) -> Answered {
    visitor.post(&format!("/api/v1/uploads/{upload}/completion"), more)
}

fn incoming(world: &World) -> usize {
    std::fs::read_dir(world.folder().join("files/incoming")).unwrap().count()
}

#[test]
fn a_file_goes_on_where_the_line_broke() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    let file = heavy("Statuti", 600_000);
    let upload = started(&arta, id, "statute", "statuti.pdf", file.len());
    assert_eq!(piece(&arta, &upload, 0, &file[..262_144]).expect(200).json()["got"], 262_144);

    // The line breaks in the middle of the second piece: nothing of it counts.
    let host = world.address.trim_start_matches("http://");
    let mut line = std::net::TcpStream::connect(host).unwrap();
    let cookie = arta.cookie(SESSION_COOKIE).unwrap();
    let head = format!(
        "POST /api/v1/uploads/{upload}/pieces?at=262144 HTTP/1.1\r\nHost: {host}\r\nCookie: subgrant={cookie}\r\nx-csrf: {}\r\nContent-Length: 262144\r\n\r\n",
        arta.csrf()
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&file[262_144..300_000]).unwrap();
    line.shutdown(std::net::Shutdown::Both).unwrap();
    drop(line);
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!(got(&arta, &upload), 262_144);

    // The page says so, and the same file chosen again is the same upload.
    let shown = arta.get(&page(id)).expect(200);
    assert!(shown.text("#slot-statute .note").contains("“statuti.pdf”: 263 kB of 601 kB have arrived"), "{}", shown.text("#slot-statute"));
    assert_eq!(started(&arta, id, "statute", "statuti.pdf", file.len()), upload);
    // A piece that was sent already, or one from further on, changes nothing.
    assert_eq!(piece(&arta, &upload, 0, &file[..262_144]).expect(200).json()["got"], 262_144);
    assert_eq!(piece(&arta, &upload, 300_000, &file[300_000..]).expect(200).json()["got"], 262_144);
    complete(&arta, &upload, &[]).expect(422);
    assert_eq!(piece(&arta, &upload, 262_144, &file[262_144..]).expect(200).json()["got"].as_u64().unwrap(), file.len() as u64);
    let done = complete(&arta, &upload, &[("sha256", &fingerprint(&file)), ("before", "5000000")]).expect(200).json();
    assert!(
        done["notice"].as_str().unwrap().contains("“statuti.pdf” was added. The photo was made smaller for the way: 5\u{a0}MB became 601\u{a0}kB."),
        "{done}"
    );
    assert_eq!(done["to"], format!("{}#slot-statute", page(id)));
    let kept = papers(&world, id);
    assert_eq!((kept.len(), kept[0].bytes), (1, file.len() as i64));
    assert_eq!(arta.get(&format!("/attachments/{}", kept[0].id)).expect(200).bytes, file);
    // The answer was lost on the way: asked again, it is the same, and there is one paper.
    complete(&arta, &upload, &[]).expect(200);
    assert!(arta.get(&format!("/api/v1/uploads/{upload}")).expect(200).json()["finished"].as_bool().unwrap());
    assert_eq!((papers(&world, id).len(), incoming(&world)), (1, 0));
}

#[test]
fn what_cannot_be_taken_is_said_before_it_comes_and_what_is_no_such_file_when_it_begins() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    for (document, name, bytes, code) in [
        ("statute", "statuti.pdf", 10_000_001, "file-too-large"),
        ("statute", "statuti.exe", 10, "file-kind"),
        ("statute", "statuti.pdf", 0, "file-empty"),
        ("diploma", "diploma.pdf", 10, "not-asked-for"),
    ] {
        let refused = wish(&arta, id, document, name, bytes).expect(422).json();
        assert_eq!((refused["reasons"][0]["code"].as_str(), refused["reasons"][0]["at"].as_str()), (Some(code), Some(document)));
    }
    assert_eq!(world.rows(|conn| schema::sendings::table.count().get_result::<i64>(conn)).unwrap(), 0);
    // HTML under the name of a PDF is told with its first piece.
    let html = started(&arta, id, "statute", "statuti.pdf", 500_000);
    let told = piece(&arta, &html, 0, &[b"<html>".to_vec(), vec![b'x'; 99_994]].concat()).expect(422).json();
    assert_eq!(told["reasons"][0]["code"], "file-kind");
    arta.get(&format!("/api/v1/uploads/{html}")).expect(404);
    // A PDF whose end never came, and one that is not what its sender had.
    for (bytes, sha256, code) in [(b"%PDF-1.4\n<html>".to_vec(), String::new(), "file-cut-off"), (pdf("x"), fingerprint(b"another"), "file-broken")] {
        let upload = started(&arta, id, "statute", "statuti.pdf", bytes.len());
        piece(&arta, &upload, 0, &bytes).expect(200);
        assert_eq!(complete(&arta, &upload, &[("sha256", &sha256)]).expect(422).json()["reasons"][0]["code"], code);
        arta.get(&format!("/api/v1/uploads/{upload}")).expect(404);
    }
    // More than was said does not come in.
    let small = started(&arta, id, "statute", "statuti.pdf", 10);
    assert_eq!(piece(&arta, &small, 0, &pdf("longer than ten")).expect(200).json()["got"], 0);
    // And not without the token of a form of ours.
    let request = arta.request("POST", &format!("/api/v1/uploads/{small}/pieces?at=0")).body("%PDF-1.4\n ");
    arta.send(request).expect(422);
    assert_eq!((papers(&world, id).len(), incoming(&world)), (0, 0));
}

#[test]
fn nobody_goes_on_with_what_another_began() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let besa = world.applicant("Besa Marku", "Qendra Rinia (example)");
    let vera = world.applicant("Vera Leka", "Qendra Buna (example)");
    let id = begin(&world, &arta);
    let upload = started(&arta, id, "statute", "statuti.pdf", 500_000);
    for other in [&besa, &vera] {
        other.get(&format!("/api/v1/uploads/{upload}")).expect(404);
        piece(other, &upload, 0, b"%PDF-1.4").expect(404);
        complete(other, &upload, &[]).expect(404);
    }
    wish(&vera, id, "statute", "statuti.pdf", 500_000).expect(404);
    world.stranger().get(&format!("/api/v1/uploads/{upload}")).expect(401);
    // Her own upload of the same file is another one.
    assert_ne!(started(&besa, id, "statute", "statuti.pdf", 500_000), upload);
    assert_eq!(got(&arta, &upload), 0);
}

#[test]
fn what_is_left_is_swept_after_a_day_and_another_file_takes_its_place_at_once() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    let file = heavy("x", 200_000);
    let first = started(&arta, id, "statute", "statuti.pdf", file.len());
    piece(&arta, &first, 0, &file[..100_000]).expect(200);
    let second = started(&arta, id, "statute", "statuti-i-ri.pdf", file.len());
    arta.get(&format!("/api/v1/uploads/{first}")).expect(404);
    piece(&arta, &second, 0, &file[..100_000]).expect(200);
    let other = started(&arta, id, "cv", "cv.pdf", file.len());
    piece(&arta, &other, 0, &file[..100_000]).expect(200);
    assert_eq!(incoming(&world), 2);
    let sweep = || sending::sweep(&world.app.desk, &world.app.files).unwrap();
    world.at("2017-10-21T10:00");
    piece(&arta, &other, 100_000, &file[100_000..150_000]).expect(200);
    world.at("2017-10-21T11:05");
    assert_eq!(sweep(), 1, "nobody went on with the statute for a day");
    arta.get(&format!("/api/v1/uploads/{second}")).expect(404);
    assert_eq!((incoming(&world), got(&arta, &other)), (1, 150_000));
    world.at("2017-10-22T11:00");
    assert_eq!((sweep(), incoming(&world)), (1, 0));
}

/// A disk that takes no more: what is here stays, and the file goes on when there is room again.
#[test]
fn a_full_disk_holds_a_file_up_and_loses_nothing_of_it() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    let Some(room) = crate::faults::small_disk(&world.folder().join("files")) else { return };
    let file = heavy("Statuti", 400_000);
    let upload = started(&arta, id, "statute", "statuti.pdf", file.len());
    piece(&arta, &upload, 0, &file[..65_536]).expect(200);
    let full = piece(&arta, &upload, 65_536, &file[65_536..300_000]).expect(500);
    assert_eq!(full.json()["status"], 500);
    let here = usize::try_from(got(&arta, &upload)).unwrap();
    assert!((65_536..=131_072).contains(&here), "{here}");
    complete(&arta, &upload, &[]).expect(422);
    room.grow();
    piece(&arta, &upload, here, &file[here..]).expect(200);
    complete(&arta, &upload, &[("sha256", &fingerprint(&file))]).expect(200);
    assert_eq!(papers(&world, id).len(), 1);
}
