//! A mail server of the test's own that takes, refuses, puts off or keeps silent, as it is told.
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// 550 to this recipient, as a server does that knows no such mailbox.
    RefusesMailbox,
    /// 451 after the whole letter has come.
    PutsOff,
    /// Accepts the connection and never says a word.
    Silent,
}

/// A letter as it came over the wire.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub to: String,
    pub data: String,
}

impl Taken {
    /// A header's value, its folded lines joined.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        let start = format!("{}:", name.to_lowercase());
        head.lines().find(|line| line.to_lowercase().starts_with(&start)).map(|line| line[start.len()..].trim().to_owned()).unwrap_or_default()
    }
}

pub struct Sink {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    /// Letters that came whole and were put off all the same.
    put_off: Arc<Mutex<Vec<Taken>>>,
    over: Arc<AtomicBool>,
}

impl Sink {
    pub fn open() -> Self {
        Self::on(0)
    }
    /// On this port: a server that comes back where it was.
    pub fn on(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let sink = Self {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
            taken: Arc::default(),
            put_off: Arc::default(),
            over: Arc::default(),
        };
        let (mood, taken, put_off, over) = (sink.mood.clone(), sink.taken.clone(), sink.put_off.clone(), sink.over.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    break;
                }
                let (mood, taken, put_off) = (mood.clone(), taken.clone(), put_off.clone());
                std::thread::spawn(move || stream.map(|stream| talk(stream, &mood, &taken, &put_off)));
            }
        });
        sink
    }
    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
    pub fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
    pub fn put_off(&self) -> Vec<Taken> {
        self.put_off.lock().unwrap().clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn talk(stream: TcpStream, mood: &Mutex<Mood>, taken: &Mutex<Vec<Taken>>, put_off: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
    let now = || *mood.lock().unwrap();
    if now() == Mood::Silent {
        std::thread::sleep(std::time::Duration::from_secs(30));
        return Ok(());
    }
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    let mut letter = Taken::default();
    out.write_all(b"220 sink ESMTP\r\n")?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let word = line.trim_end().to_uppercase();
        let answer: &[u8] = if word.starts_with("EHLO") {
            b"250-sink\r\n250 8BITMIME\r\n"
        } else if word.starts_with("RCPT") {
            letter.to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            if now() == Mood::RefusesMailbox && letter.to.starts_with("gone") { b"550 5.1.1 no such mailbox\r\n" } else { b"250 ok\r\n" }
        } else if word == "DATA" {
            out.write_all(b"354 go on\r\n")?;
            loop {
                line.clear();
                if lines.read_line(&mut line)? == 0 || line == ".\r\n" {
                    break;
                }
                letter.data.push_str(line.strip_prefix('.').unwrap_or(&line));
            }
            let whole = std::mem::take(&mut letter);
            if now() == Mood::PutsOff {
                put_off.lock().unwrap().push(whole);
                b"451 4.3.0 try again later\r\n"
            } else {
                taken.lock().unwrap().push(whole);
                b"250 2.0.0 taken\r\n"
            }
        } else if word == "QUIT" {
            out.write_all(b"221 bye\r\n")?;
            return Ok(());
        } else {
            b"250 ok\r\n"
        };
        out.write_all(answer)?;
        line.clear();
    }
    Ok(())
}
