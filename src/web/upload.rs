//! Files that people send: streamed to disk as they come, counted, fingerprinted, and judged by what is in them, not by their name.
use super::form::{Fields, check_token};
use super::judging;
use super::visit::Visit;
use crate::kernel::{Error, FileKind, Reason, Result, clean, fault, hex};
use crate::workflow::{Incoming, Stored};
use actix_multipart::{Field, Multipart};
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};

/// So much of a file that is too large is read before the line is cut.
const MOST_DRAINED: usize = 20_000_000;
/// The name of a file that came without one.
const NAMELESS: &str = "file";

/// What is allowed for one file.
#[derive(Clone, Debug)]
pub struct Limits {
    pub bytes: i64,
    pub kinds: Vec<FileKind>,
}
impl Default for Limits {
    /// 10 MB of every kind, as rules.md 4.6 proposes.
    fn default() -> Self {
        Self { bytes: 10_000_000, kinds: FileKind::ALL.to_vec() }
    }
}
impl Limits {
    /// The complaint about a file of more bytes.
    #[must_use]
    pub fn too_large(&self, field: &str) -> Reason {
        Reason::new("file-too-large", field, |t| t.file_too_large(self.bytes / 1_000_000))
    }
}

/// A file that lies in the data folder; the database does not know it yet.
#[derive(Clone, Debug)]
pub struct Uploaded {
    pub stored: Stored,
    /// The name it had, without folders and control characters.
    pub name: String,
    pub media_type: &'static str,
}

/// The fields and the file of a form.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub fields: Fields,
    pub file: Option<Uploaded>,
}

impl Upload {
    /// Reads a multipart form with at most one file. A stranger's file never reaches the disk.
    ///
    /// # Errors
    /// `SignIn` for strangers; `Invalid` with the reason when the file is too large, empty, of a kind that is not taken, or not what its name says.
    pub async fn read(visit: &Visit, form: Multipart, limits: Limits) -> Result<Self> {
        let mut pairs = vec![];
        let file = Self::collect(visit, form, &|_| limits.clone(), &mut pairs).await?;
        Ok(Self { fields: Fields::new(pairs), file })
    }

    /// The same; a file that is refused comes back as reasons beside the fields that stood before it, so that nothing typed is lost.
    /// Those fields may say what is allowed for the file.
    ///
    /// # Errors
    /// `SignIn` for strangers; `Fault` when the disk does not take the file.
    pub async fn read_kindly(visit: &Visit, form: Multipart, limits: impl Fn(&Fields) -> Limits) -> Result<(Self, Vec<Reason>)> {
        let mut pairs = vec![];
        let (file, reasons) = match Self::collect(visit, form, &limits, &mut pairs).await {
            Ok(file) => (file, vec![]),
            Err(Error::Invalid(reasons)) => (None, reasons),
            Err(other) => return Err(other),
        };
        Ok((Self { fields: Fields::new(pairs), file }, reasons))
    }

    /// Reads a multipart form whose file is looked at and not kept: its name, and its bytes in memory. What is too large is read to its
    /// end and thrown away, so that its sender gets an answer and not a broken line.
    ///
    /// # Errors
    /// `SignIn` for strangers; `Invalid` with the reason when the file has more than `most` bytes.
    pub async fn held(visit: &Visit, mut form: Multipart, most: usize) -> Result<Option<(String, Vec<u8>)>> {
        visit.actor()?;
        let mut pairs = vec![];
        let mut held: Option<(String, Vec<u8>)> = None;
        let mut read = 0;
        while let Some(part) = form.next().await {
            let mut part = part.map_err(broken)?;
            let name = part.name().unwrap_or_default().to_owned();
            let Some(file_name) = part.content_disposition().and_then(|disposition| disposition.get_filename().map(safe_name)) else {
                let value = text_of(&mut part).await?;
                pairs.push((name, value));
                continue;
            };
            check_token(visit, &Fields::new(pairs.clone()), visit.request())?;
            let mut bytes = vec![];
            while let Some(chunk) = part.next().await {
                let chunk = chunk.map_err(broken)?;
                read += chunk.len();
                if read > MOST_DRAINED {
                    break;
                }
                let room = most.saturating_sub(bytes.len()).min(chunk.len());
                bytes.extend_from_slice(chunk.get(..room).unwrap_or_default());
            }
            if read > most {
                return Err(Error::invalid(Reason::new("file-too-large", name, |t| t.file_too_large(most / 1_000_000))));
            }
            held = Some((file_name, bytes));
        }
        check_token(visit, &Fields::new(pairs), visit.request())?;
        // A browser sends a file without a name where none was chosen.
        Ok(held.filter(|(name, bytes)| name != NAMELESS || !bytes.is_empty()))
    }

    /// A piece of a file: the bytes as they are, the form's token in the header `x-csrf`.
    ///
    /// # Errors
    /// `Invalid` without the token, when the line broke in the middle of it, or when it is larger than a piece may be.
    pub async fn piece(visit: &Visit, mut payload: actix_web::web::Payload) -> Result<Vec<u8>> {
        let token = visit.request().headers().get("x-csrf").and_then(|token| token.to_str().ok()).unwrap_or_default();
        check_token(visit, &Fields::new(vec![("csrf".into(), token.into())]), visit.request())?;
        let mut bytes = vec![];
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|error| Error::invalid(Reason::new("broken-upload", "file", |t| format!("{} ({error})", t.file_broken()))))?;
            if bytes.len() + chunk.len() > super::form::MOST_BYTES {
                return Err(Error::invalid(Reason::new("too-large", "", |t| t.too_large_text("1 MB"))));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    async fn collect(visit: &Visit, mut form: Multipart, limits: &dyn Fn(&Fields) -> Limits, pairs: &mut Vec<(String, String)>) -> Result<Option<Uploaded>> {
        visit.actor()?;
        let mut file = None;
        let mut checked = false;
        while let Some(part) = form.next().await {
            let mut part = part.map_err(broken)?;
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.content_disposition().and_then(|disposition| disposition.get_filename().map(ToOwned::to_owned));
            let Some(file_name) = file_name else {
                pairs.push((name, text_of(&mut part).await?));
                continue;
            };
            let before = Fields::new(pairs.clone());
            if !checked {
                // The token stands before the file in every form of ours.
                check_token(visit, &before, visit.request())?;
                checked = true;
            }
            let limits = limits(&before);
            let incoming = stream(visit, &mut part, &limits, &name).await?;
            if incoming.bytes() > 0 {
                file = Some(keep(visit, incoming, &name, safe_name(&file_name), limits.kinds).await?);
            } else if !file_name.is_empty() {
                return Err(Error::invalid(Reason::new("file-empty", &*name, |t| t.file_empty().into())));
            }
        }
        if !checked {
            check_token(visit, &Fields::new(pairs.clone()), visit.request())?;
        }
        Ok(file)
    }
}

/// To the disk as it comes. What is too large is read a little further and thrown away, so that its sender gets an answer and not a
/// broken line.
async fn stream(visit: &Visit, part: &mut Field, limits: &Limits, field: &str) -> Result<Incoming> {
    let mut incoming = visit.app.files.begin()?;
    let mut drained = 0;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(broken)?;
        let fits = drained == 0 && incoming.bytes() + i64::try_from(chunk.len()).unwrap_or(i64::MAX) <= limits.bytes;
        if fits {
            incoming.write(&chunk)?;
        } else {
            drained += chunk.len();
            if drained > MOST_DRAINED {
                break;
            }
        }
    }
    if drained > 0 { Err(Error::invalid(limits.too_large(field))) } else { Ok(incoming) }
}

/// Judges a file that is here, and keeps it.
async fn keep(visit: &Visit, incoming: Incoming, field: &str, name: String, kinds: Vec<FileKind>) -> Result<Uploaded> {
    let (files, field) = (visit.app.files.clone(), field.to_owned());
    let work = move || {
        let judged = judging::judged(&incoming, &field, &name, &kinds)?;
        Ok(Uploaded { stored: files.finish(incoming)?, name: judged.name, media_type: judged.media_type })
    };
    actix_web::web::block(work).await.map_err(fault)?
}

/// A field that is no file.
async fn text_of(part: &mut Field) -> Result<String> {
    let mut value = vec![];
    while let Some(chunk) = part.next().await {
        value.extend_from_slice(&chunk.map_err(broken)?);
        if value.len() > super::form::MOST_BYTES {
            return Err(Error::invalid(Reason::new("too-large", "", |t| t.too_large_text("1 MB"))));
        }
    }
    Ok(String::from_utf8_lossy(&value).into_owned())
}

/// The fingerprint of a file that somebody sends to have it looked up: taken as it comes, written nowhere. Nothing changes by it, so it
/// needs neither sign-in nor token.
///
/// # Errors
/// `Invalid` when there is no file, or more of it than `most`.
pub async fn fingerprint_sent(mut form: Multipart, most: i64) -> Result<String> {
    while let Some(part) = form.next().await {
        let mut part = part.map_err(broken)?;
        let name = part.name().unwrap_or_default().to_owned();
        if part.content_disposition().and_then(|disposition| disposition.get_filename()).is_none_or(str::is_empty) {
            continue;
        }
        let (mut hasher, mut bytes) = (Sha256::new(), 0);
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(broken)?;
            bytes += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
            if bytes > most {
                return Err(Error::invalid(Reason::new("file-too-large", &*name, |t| t.file_too_large_for_ours(most / 1_000_000))));
            }
            hasher.update(&chunk);
        }
        return Ok(hex(&hasher.finalize()));
    }
    Err(Error::invalid(Reason::new("no-file", "file", |t| t.file_none().into())))
}

fn broken(error: actix_multipart::MultipartError) -> Error {
    Error::invalid(Reason::new("broken-upload", "file", move |t| format!("{} ({error})", t.file_broken())))
}

/// The last part of whatever path came, at most 120 characters.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = clean(last).chars().filter(|letter| !"<>:\"|?*\n\t".contains(*letter)).collect();
    let cleaned = cleaned.trim_matches(['.', ' ']).to_owned();
    let kept: String = cleaned.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
    if kept.is_empty() { NAMELESS.into() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folders() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\scan\\statuti i shoqatës.pdf"), "statuti i shoqatës.pdf");
        assert_eq!(safe_name(".."), "file");
    }
}
