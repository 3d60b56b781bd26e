//! Asks clamd whether a file has a virus in it: INSTREAM over TCP or a Unix socket, with an end to its patience.
use crate::kernel::{Result, fault};
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// What it says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// With the name of what was found.
    Infected(String),
    /// It did not answer, or not in a way that can be understood: to be asked again.
    Later(String),
}

/// A clamd that was named in the settings.
#[derive(Clone, Debug)]
pub struct Scanner {
    place: Place,
    /// One file may take so long from the first byte to the answer.
    patience: Duration,
}

#[derive(Clone, Debug)]
enum Place {
    Tcp(String),
    Unix(String),
}

/// So many bytes go in one piece.
const PIECE: usize = 64 * 1_024;
/// An answer is one short line.
const LONGEST_ANSWER: usize = 1_024;

impl Scanner {
    /// `tcp://HOST:PORT` or `unix:///PATH`; None where nothing is set.
    ///
    /// # Errors
    /// `Fault` when the address is neither.
    pub fn at(address: &str, patience: Duration) -> Result<Option<Self>> {
        let place = match address.split_once("://") {
            _ if address.is_empty() => return Ok(None),
            Some(("tcp", place)) if place.contains(':') => Place::Tcp(place.to_owned()),
            Some(("unix", place)) if place.starts_with('/') => Place::Unix(place.to_owned()),
            _ => return Err(fault(format!("scan.clamd is tcp://HOST:PORT or unix:///PATH, not {address:?}"))),
        };
        Ok(Some(Self { place, patience }))
    }

    /// Shows it a file. Blocks until there is an answer or patience is at its end.
    #[must_use]
    pub fn look(&self, file: &Path) -> Verdict {
        let until = Instant::now() + self.patience;
        let asked = std::fs::File::open(file).and_then(|file| self.ask(file, until));
        asked.map_or_else(|error| Verdict::Later(error.to_string()), |answer| understood(&answer))
    }

    fn ask(&self, mut file: impl Read, until: Instant) -> io::Result<String> {
        let mut line = self.connect(until)?;
        let sent = send(&mut line, &mut file, until);
        // Who has seen enough answers before everything is sent, and hangs up.
        match (listen(&mut line, until), sent) {
            (Ok(answer), _) if !answer.is_empty() => Ok(answer),
            (_, Err(error)) | (Err(error), Ok(())) => Err(error),
            (Ok(_), Ok(())) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "hung up without an answer")),
        }
    }

    fn connect(&self, until: Instant) -> io::Result<Line> {
        match &self.place {
            Place::Unix(path) => UnixStream::connect(path).map(Line::Unix),
            Place::Tcp(place) => {
                let address = place.to_socket_addrs()?.next().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such host"))?;
                TcpStream::connect_timeout(&address, left(until)?.min(Duration::from_secs(5))).map(Line::Tcp)
            }
        }
    }
}

/// What is left of the patience; an error when it is at its end.
fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::Error::new(io::ErrorKind::TimedOut, "took too long")) } else { Ok(left) }
}

fn send(line: &mut Line, file: &mut impl Read, until: Instant) -> io::Result<()> {
    line.write_within(b"zINSTREAM\0", until)?;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece)?;
        line.write_within(&u32::try_from(read).unwrap_or(0).to_be_bytes(), until)?;
        if read == 0 {
            return Ok(());
        }
        line.write_within(piece.get(..read).unwrap_or_default(), until)?;
    }
}

/// Until the answer's end, byte by byte: a scanner that dribbles does not outlast the patience.
fn listen(line: &mut Line, until: Instant) -> io::Result<String> {
    let (mut answer, mut byte) = (vec![], [0u8]);
    while answer.len() < LONGEST_ANSWER {
        if line.read_within(&mut byte, until)? == 0 || byte == [0] || byte == [b'\n'] {
            break;
        }
        answer.extend_from_slice(&byte);
    }
    Ok(String::from_utf8_lossy(&answer).trim().to_owned())
}

/// `stream: OK`, `stream: Eicar-Signature FOUND`; anything else is no verdict.
fn understood(answer: &str) -> Verdict {
    let said = answer.rsplit_once(": ").map_or(answer, |(_, said)| said);
    match said.strip_suffix(" FOUND") {
        Some(found) => Verdict::Infected(found.to_owned()),
        None if said == "OK" => Verdict::Clean,
        None => Verdict::Later(answer.to_owned()),
    }
}

/// The line to it, of either kind.
enum Line {
    Tcp(TcpStream),
    Unix(UnixStream),
}
impl Line {
    fn write_within(&mut self, bytes: &[u8], until: Instant) -> io::Result<()> {
        let left = Some(left(until)?);
        match self {
            Self::Tcp(line) => line.set_write_timeout(left).and_then(|()| line.write_all(bytes)),
            Self::Unix(line) => line.set_write_timeout(left).and_then(|()| line.write_all(bytes)),
        }
    }
    fn read_within(&mut self, bytes: &mut [u8], until: Instant) -> io::Result<usize> {
        let left = Some(left(until)?);
        match self {
            Self::Tcp(line) => line.set_read_timeout(left).and_then(|()| line.read(bytes)),
            Self::Unix(line) => line.set_read_timeout(left).and_then(|()| line.read(bytes)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        for (answer, verdict) in [
            ("stream: OK", Verdict::Clean),
            ("stream: Win.Test.EICAR_HDB-1 FOUND", Verdict::Infected("Win.Test.EICAR_HDB-1".into())),
            ("INSTREAM size limit exceeded. ERROR", Verdict::Later("INSTREAM size limit exceeded. ERROR".into())),
            ("", Verdict::Later(String::new())),
            ("BOOK", Verdict::Later("BOOK".into())),
        ] {
            assert_eq!(understood(answer), verdict, "{answer}");
        }
    }

    #[test]
    fn an_address_is_of_a_known_kind() {
        let at = |address| Scanner::at(address, Duration::from_secs(1)).map(|scanner| scanner.is_some()).ok();
        assert_eq!(at(""), Some(false));
        assert_eq!(at("tcp://127.0.0.1:3310"), Some(true));
        assert_eq!(at("unix:///run/clamav/clamd.ctl"), Some(true));
        assert_eq!(at("127.0.0.1:3310"), None);
        assert_eq!(at("tcp://nowhere"), None);
    }
}
