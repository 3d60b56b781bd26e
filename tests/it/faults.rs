//! A server that is killed in the middle of things: what was acknowledged is there, once; what was not is whole or not there at all.
use crate::World;
use crate::process::Server;
use crate::sample;
use diesel::prelude::*;
use std::process::{Command, Stdio};
use subgrant::kernel::Instant;
use subgrant::store::schema::rounds;
use subgrant::workflow::first_broken_link;

#[test]
fn a_server_killed_while_applications_are_handed_in_loses_none_and_doubles_none() {
    let world = World::new();
    // The binary has no clock but the machine's: this round is open today.
    world.app.desk.clock.move_to(Instant::new(jiff::Timestamp::now()));
    let round = world.round("R3").id;
    let tomorrow = world.now().plus_days(1);
    world.write(|conn| diesel::update(rounds::table.find(round)).set(rounds::closes_at.eq(tomorrow)).execute(conn));
    let drafts: Vec<_> = (0..8)
        .map(|number| {
            let visitor = world.applicant(&format!("Arta {number}"), &format!("Qendra {number} (example)"));
            let draft = sample::draft(&world, &visitor);
            (visitor, draft)
        })
        .collect();
    let mut server = Server::start(&world);
    let acknowledged: Vec<bool> = std::thread::scope(|scope| {
        let sending: Vec<_> = drafts
            .iter()
            .map(|(visitor, draft)| {
                let path = format!("{}/applications/{draft}/submission", server.address);
                scope.spawn(move || {
                    let request = visitor.request("POST", &path).form(&[("csrf", visitor.csrf().as_str())]);
                    visitor.try_send(request) == Some(303)
                })
            })
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(120));
        server.kill();
        sending.into_iter().map(|sent| sent.join().unwrap()).collect()
    });
    let _again = Server::start_at(&world, server.port);
    assert_eq!(world.read(first_broken_link), None);
    let mut serials = vec![];
    for ((visitor, draft), acknowledged) in drafts.iter().zip(acknowledged) {
        let row = world.read(|conn| subgrant::applications::records::by_id(conn, *draft));
        let receipts = world.letters_to(visitor).iter().filter(|letter| letter.code == "E09").count();
        assert_eq!(row.serial.is_some(), receipts == 1, "a receipt for every code, a code for every receipt");
        assert!(row.serial.is_some() || !acknowledged, "what was acknowledged is there");
        serials.extend(row.serial);
    }
    serials.sort_unstable();
    assert_eq!(serials, (1..=i32::try_from(serials.len()).unwrap()).collect::<Vec<_>>(), "no code is missing, none is there twice");
}

/// A disk that takes no more: a clear answer, nothing half-written, and the next file is taken when there is room again.
#[test]
fn a_full_disk_refuses_a_file_and_leaves_nothing_behind() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra (example)");
    let draft = sample::draft(&world, &arta);
    let files = world.folder().join("files");
    let Some(_room) = small_disk(&files) else { return };
    let papers = |world: &World| world.read(|conn| subgrant::applications::records::attachments(conn, draft)).len();
    let before = papers(&world);
    let mut scan = b"%PDF-1.4\n".to_vec();
    scan.resize(400_000, b'x');
    let path = format!("/applications/{draft}/attachments");
    let answer = arta.upload(&path, &[("document", "statute")], ("file", "statuti.pdf", scan));
    assert_eq!(answer.status, 500);
    assert!(!answer.text("h1").is_empty(), "a page that says so");
    assert_eq!(papers(&world), before);
    assert_eq!(std::fs::read_dir(files.join("incoming")).unwrap().count(), 0, "nothing half-written");
    let small = crate::visitor::pdf("Statuti");
    arta.upload(&path, &[("document", "statute")], ("file", "statuti.pdf", small)).expect(303);
    assert_eq!(papers(&world), before + 1);
}

/// A disk of 128 kB in the place of this folder, while what comes back is held; nothing where that needs rights that are not there.
pub fn small_disk(folder: &std::path::Path) -> Option<Room> {
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=128k", "tmpfs"]).arg(folder).stderr(Stdio::null()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        crate::world::skipped("a full disk: mounting a small one needs root");
        return None;
    }
    std::fs::create_dir_all(folder.join("incoming")).unwrap();
    Some(Room(folder.to_owned()))
}

/// Gives the room back.
pub struct Room(std::path::PathBuf);
impl Room {
    /// Somebody has tidied up.
    pub fn grow(&self) {
        assert!(Command::new("mount").args(["-o", "remount,size=4m"]).arg(&self.0).status().unwrap().success());
    }
}
impl Drop for Room {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
