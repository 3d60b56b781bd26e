//! Whether a file that begins like a PDF can hold a page and has its end: what a cut-off upload or an empty shell does not have.
use std::io::{Read, Result};

/// What a look through a PDF found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Whole,
    /// Its end is not there.
    CutOff,
    /// It ends as it should, and has no page.
    NoPage,
}

/// The end stands in the last bytes; some writers leave a little behind it.
const END_WITHIN: usize = 4_096;
/// The longest that is looked for, blanks between its words among it.
const LONGEST: usize = 64;

/// Looks through the whole file in small pieces. Pages stand in it plainly, or compressed in object streams (since PDF 1.5),
/// which are named plainly too, in an encrypted file as well.
///
/// # Errors
/// When the disk does not give the file.
pub fn look(mut file: impl Read) -> Result<Found> {
    let (mut window, mut piece) = (vec![], vec![0; 64 * 1_024]);
    let mut has_page = false;
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        // What a piece's border cut in two is in the window's beginning again.
        window.extend_from_slice(piece.get(..read).unwrap_or_default());
        has_page = has_page || holds_page(&window);
        window.drain(..window.len().saturating_sub(END_WITHIN.max(LONGEST)));
    }
    let ends = window.windows(5).any(|five| five == b"%%EOF");
    Ok(if !ends {
        Found::CutOff
    } else if has_page {
        Found::Whole
    } else {
        Found::NoPage
    })
}

/// `/Type /Page`, `/Type/Pages` or `/Type /ObjStm`, with any blanks between.
fn holds_page(bytes: &[u8]) -> bool {
    let after_type = |at: usize| {
        let rest = bytes.get(at + 5..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
        rest.get(blanks..).unwrap_or_default()
    };
    let is_page = |name: &[u8]| {
        [&b"/Page"[..], b"/Pages", b"/ObjStm"].iter().any(|known| name.starts_with(known) && !name.get(known.len()).is_some_and(u8::is_ascii_alphanumeric))
    };
    bytes.windows(5).enumerate().filter(|(_, five)| *five == b"/Type").any(|(at, _)| is_page(after_type(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Found {
        look(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_pdf_has_a_page_and_an_end() {
        for (text, expected) in [
            ("%PDF-1.4 %%EOF", Found::NoPage),
            ("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n", Found::NoPage),
            ("%PDF-1.4\n<< /Type /PageLabel >>\n%%EOF\n", Found::NoPage),
            ("%PDF-1.4\n<< /Type /Page /Parent 2 0 R >>\nendobj", Found::CutOff),
            ("%PDF-1.4\n<< /Type /Page /Parent 2 0 R >>\n%%EOF\r\n", Found::Whole),
            ("%PDF-1.4\n<</Count 1/Type/Pages>>\n%%EOF", Found::Whole),
            ("%PDF-1.7\n<</Type\r\n/ObjStm/N 9/First 60/Filter/FlateDecode>>stream\nx\nendstream\n<</Type/XRef/Encrypt 7 0 R>>\n%%EOF\n\0\0\0", Found::Whole),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_page_is_found_across_the_border_of_two_pieces_and_an_end_before_a_little_more() {
        for before in 65_500..65_560 {
            let file = format!("%PDF-1.4{}<</Type /Page>>{}%%EOF{}", "x".repeat(before), "y".repeat(200_000), " ".repeat(1_000));
            assert_eq!(found(&file), Found::Whole, "{before}");
        }
        assert_eq!(found(&format!("%PDF-1.4<</Type/Page>>%%EOF{}", "z".repeat(10_000))), Found::CutOff);
    }
}
