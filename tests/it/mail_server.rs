//! The same letters through a real Postfix: STARTTLS with a certificate of its own, signing in, delivery into a mailbox, read back.
use crate::World;
use crate::mail::write_to;
use crate::world::skipped;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use subgrant::workflow::outbox::LetterState;

struct Postfix {
    folder: tempfile::TempDir,
    port: u16,
}

fn program(name: &str) -> Option<PathBuf> {
    let known = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = std::env::split_paths(&known).chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from)).collect();
    places.into_iter().map(|place| place.join(name)).find(|path| path.is_file())
}

fn run(program: &str, arguments: &[&str], folder: &Path) {
    let done = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A person's number on this system.
fn number_of(user: &str) -> Option<u32> {
    let people = std::fs::read_to_string("/etc/passwd").ok()?;
    people.lines().find(|line| line.starts_with(&format!("{user}:")))?.split(':').nth(2)?.parse().ok()
}

impl Postfix {
    /// None, and why, where it cannot be had.
    fn start() -> Result<Self, &'static str> {
        if program("postfix").is_none() || program("saslpasswd2").is_none() || program("openssl").is_none() {
            return Err("Postfix with sasl2-bin and openssl is not installed");
        }
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let Some((postfix, nobody)) = number_of("postfix").zip(number_of("nobody")) else { return Err("Postfix has no account of its own") };
        if chown(folder.path(), Some(0), None).is_err() {
            return Err("Postfix must be started by root");
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, port };
        server.make_certificates();
        server.furnish(postfix, nobody);
        run("postfix", &["-c", &server.at("conf"), "start"], server.folder.path());
        let up = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(up, "Postfix does not listen: {}", std::fs::read_to_string(server.at("mail.log")).unwrap_or_default());
        Ok(server)
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.at(name), text).unwrap();
    }

    /// A root of our own, and a certificate for `localhost` that it signed.
    fn make_certificates(&self) {
        let folder = self.folder.path();
        self.write("extension", "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n");
        let root = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "3650", "-subj", "/CN=test root"];
        run("openssl", &root, folder);
        run("openssl", &["req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "asked.pem", "-subj", "/CN=localhost"], folder);
        let signed = ["x509", "-req", "-in", "asked.pem", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "cert.pem"];
        run("openssl", &[&signed[..], &["-days", "3650", "-extfile", "extension"]].concat(), folder);
    }

    fn furnish(&self, postfix: u32, nobody: u32) {
        for name in ["conf", "conf/sasl", "queue", "data", "mail"] {
            std::fs::create_dir(self.at(name)).unwrap();
        }
        chown(self.at("data"), Some(postfix), None).unwrap();
        chown(self.at("mail"), Some(nobody), None).unwrap();
        let here = self.folder.path().display();
        self.write(
            "conf/main.cf",
            &format!(
                "compatibility_level = 3.6\nqueue_directory = {here}/queue\ndata_directory = {here}/data\nmaillog_file = {here}/mail.log\n\
                 maillog_file_prefixes = {here}\nmyhostname = localhost.example\nmydestination =\nmynetworks =\ninet_interfaces = loopback-only\n\
                 inet_protocols = ipv4\nvirtual_mailbox_domains = example.org\nvirtual_mailbox_base = {here}/mail\nvirtual_mailbox_maps = static:inbox/\n\
                 virtual_uid_maps = static:{nobody}\nvirtual_gid_maps = static:{nobody}\nvirtual_minimum_uid = 100\nsmtpd_tls_security_level = encrypt\n\
                 smtpd_tls_cert_file = {here}/cert.pem\nsmtpd_tls_key_file = {here}/key.pem\nsmtpd_tls_auth_only = yes\nsmtpd_sasl_auth_enable = yes\n\
                 smtpd_sasl_type = cyrus\ncyrus_sasl_config_path = {here}/conf/sasl\nsmtpd_recipient_restrictions = permit_sasl_authenticated, reject\n"
            ),
        );
        let services = "pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n\
                        rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\n\
                        proxymap unix - - n - - proxymap\nerror unix - - n - - error\nretry unix - - n - - error\nvirtual unix - n n - - virtual\n\
                        anvil unix - - n - 1 anvil\npostlog unix-dgram n - n - 1 postlogd\n";
        self.write("conf/master.cf", &format!("127.0.0.1:{} inet n - n - - smtpd\n{services}", self.port));
        self.write("conf/sasl/smtpd.conf", &format!("pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {here}/accounts\n"));
        let give = format!("printf secret | saslpasswd2 -p -c -f '{here}/accounts' -u localhost.example office");
        run("sh", &["-c", &give], self.folder.path());
        chown(self.at("accounts"), Some(postfix), None).unwrap();
    }

    fn address(&self, password: &str) -> String {
        format!("smtp://office%40localhost.example:{password}@localhost:{}?tls=required", self.port)
    }

    /// What lies in the mailbox, after waiting a little for the delivery.
    fn mailbox(&self, expected: usize) -> Vec<String> {
        for _ in 0..100 {
            let mut found: Vec<PathBuf> = std::fs::read_dir(self.at("mail/inbox/new")).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
            if found.len() >= expected {
                found.sort();
                return found.into_iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("nothing came: {}", std::fs::read_to_string(self.at("mail.log")).unwrap_or_default());
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _ = Command::new("postfix").args(["-c", &self.at("conf"), "stop"]).output();
    }
}

#[test]
fn letters_go_through_a_real_mail_server_over_tls_into_a_mailbox() {
    let server = match Postfix::start() {
        Ok(server) => server,
        Err(why) => return skipped(&format!("letters through a real mail server: {why}")),
    };
    let world = World::new();
    write_to(&world, "arta@example.org");
    let trusting = |mail: &mut subgrant::config::Mail| mail.certificate = server.at("root.pem");

    // A certificate that nobody named is not trusted, and a wrong password is no fault of the letter's: it waits.
    world.post_letters_with(world.mailer(&server.address("secret"), |_| {}));
    assert_eq!(world.letters()[0].state, LetterState::Waiting, "{:?}", world.letters()[0].last_answer);
    world.at("2017-10-20T12:00");
    world.post_letters_with(world.mailer(&server.address("wrong"), trusting));
    assert_eq!(world.letters()[0].state, LetterState::Waiting, "{:?}", world.letters()[0].last_answer);

    world.at("2017-10-20T13:00");
    world.post_letters_with(world.mailer(&server.address("secret"), trusting));
    let letter = &world.letters()[0];
    assert_eq!((letter.state, letter.attempts), (LetterState::Sent, 3), "{:?}", letter.last_answer);
    let delivered = server.mailbox(1);
    assert_eq!(delivered.len(), 1, "once");
    assert!(delivered[0].contains(&letter.message_id));
    assert!(delivered[0].contains("ESMTPSA"), "signed in, over TLS");
    assert!(delivered[0].contains("Delivered-To: arta@example.org"));
}
