//! What a file is: judged by what is in it, never by its name alone; and whether it is all there.
use super::pdf;
use crate::kernel::{Error, FileKind, Reason, Result, fault};
use crate::workflow::Incoming;
use std::io::{Read, Seek};

/// A file that is taken: of which type, and its name with the ending that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub media_type: &'static str,
    pub name: String,
}

/// What kind of file this is, by its first bytes; None where it is no kind that is taken, or the name says another.
/// PDF, JPEG, PNG, DOCX and XLSX (rules.md 4.6). Phones name pictures as they like: those get the ending that fits.
#[must_use]
pub fn judge(head: &[u8], name: &str) -> Option<Judged> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window == needle);
    let picture = if head.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(("image/jpeg", "jpg"))
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(("image/png", "png"))
    } else {
        None
    };
    let as_it_is = |media_type| Some(Judged { media_type, name: name.to_owned() });
    match (ending.to_ascii_lowercase().as_str(), picture) {
        ("pdf", _) if head.starts_with(b"%PDF-") => as_it_is("application/pdf"),
        ("jpg" | "jpeg", Some((media_type @ "image/jpeg", _))) | ("png", Some((media_type @ "image/png", _))) => as_it_is(media_type),
        ("jpg" | "jpeg" | "png", Some((media_type, right))) => Some(Judged { media_type, name: format!("{stem}.{right}") }),
        ("docx", _) if head.starts_with(b"PK\x03\x04") && (holds(b"word/") || holds(b"[Content_Types].xml")) => {
            as_it_is("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
        ("xlsx", _) if head.starts_with(b"PK\x03\x04") && (holds(b"xl/") || holds(b"[Content_Types].xml")) => {
            as_it_is("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        _ => None,
    }
}

/// The same for the beginning of a file, with the complaint where it is none that is taken here.
///
/// # Errors
/// `Invalid`: it is no such file, or this place does not take its kind.
pub fn begun(head: &[u8], field: &str, name: &str, kinds: &[FileKind]) -> Result<Judged> {
    let judged = judge(head, name).ok_or_else(|| Error::invalid(Reason::new("file-kind", field, |t| t.file_kind(name))))?;
    match FileKind::of(judged.media_type).filter(|kind| !kinds.contains(kind)) {
        Some(_) => Err(Error::invalid(Reason::new("file-not-taken", field, |t| t.file_not_taken(FileKind::listed(kinds, t), name)))),
        None => Ok(judged),
    }
}

/// Judges a whole file: of a kind that is taken here, with its end, with something in it, without macros.
///
/// # Errors
/// `Invalid` with the reason; `Fault` when the disk does not give the file.
pub fn judged(incoming: &Incoming, field: &str, name: &str, kinds: &[FileKind]) -> Result<Judged> {
    let judged = begun(&incoming.head, field, name, kinds)?;
    let reason = match FileKind::of(judged.media_type) {
        Some(FileKind::Pdf) => match pdf::look(incoming.so_far()?).map_err(fault)? {
            pdf::Found::Whole => return Ok(judged),
            pdf::Found::CutOff => Reason::new("file-cut-off", field, |t| t.file_cut_off(name)),
            pdf::Found::NoPage => Reason::new("file-no-page", field, |t| t.file_no_page(name)),
        },
        Some(kind @ (FileKind::Docx | FileKind::Xlsx)) => match office(incoming.so_far()?, kind) {
            Office::Well => return Ok(judged),
            Office::Broken => Reason::new("file-damaged", field, |t| t.file_damaged(name)),
            Office::Macros => Reason::new("file-macros", field, |t| t.file_macros(name)),
        },
        _ => return Ok(judged),
    };
    Err(Error::invalid(reason))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Office {
    Well,
    /// Cut off, or another kind of archive under this name.
    Broken,
    Macros,
}

/// Reads the list of what is in it, which stands at the end; nothing is inflated.
fn office(file: impl Read + Seek, kind: FileKind) -> Office {
    let Ok(archive) = zip::ZipArchive::new(file) else { return Office::Broken };
    let folder = if kind == FileKind::Docx { "word/" } else { "xl/" };
    if archive.file_names().flatten().any(|name| name.ends_with("vbaProject.bin")) {
        Office::Macros
    } else if archive.file_names().flatten().any(|name| name.starts_with(folder)) {
        Office::Well
    } else {
        Office::Broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write as _};

    #[test]
    fn a_file_is_what_is_in_it() {
        let png = b"\x89PNG\r\n\x1a\n....";
        let cases: [(&[u8], &str, Option<(&str, &str)>); 8] = [
            (b"%PDF-1.7 ...", "statute.pdf", Some(("application/pdf", "statute.pdf"))),
            (b"<html><script>", "statute.pdf", None),
            (b"%PDF-1.7 ...", "statute.exe", None),
            (b"%PDF-1.7 ...", "statute", None),
            (b"MZ\x90", "a.docx", None),
            (png, "a.png", Some(("image/png", "a.png"))),
            (png, "Foto 1.JPG", Some(("image/png", "Foto 1.png"))),
            (b"\xff\xd8\xff\xe0", "a.jpeg", Some(("image/jpeg", "a.jpeg"))),
        ];
        for (head, name, expected) in cases {
            let expected = expected.map(|(media_type, name)| Judged { media_type, name: name.into() });
            assert_eq!(judge(head, name), expected, "{name}");
        }
    }

    #[test]
    fn a_place_takes_what_it_says() {
        let code = |kinds: &[FileKind]| match begun(b"%PDF-1.7", "statute", "a.pdf", kinds) {
            Err(Error::Invalid(reasons)) => reasons[0].code.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(code(&[FileKind::Photo, FileKind::Docx]), "file-not-taken");
        assert!(code(FileKind::ALL).starts_with("Ok"));
    }

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(vec![]));
        for name in names {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn an_office_file_is_whole_of_its_kind_and_without_macros() {
        let text = archive(&["[Content_Types].xml", "word/document.xml"]);
        assert_eq!(office(Cursor::new(&text), FileKind::Docx), Office::Well);
        assert_eq!(office(Cursor::new(&text), FileKind::Xlsx), Office::Broken);
        assert_eq!(office(Cursor::new(&text[..text.len() / 2]), FileKind::Docx), Office::Broken);
        assert_eq!(office(Cursor::new(archive(&["xl/workbook.xml", "xl/vbaProject.bin"])), FileKind::Xlsx), Office::Macros);
    }
}
