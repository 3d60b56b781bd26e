//! Typst, with nothing around it: our template, our fonts, one file of data; no clock, no network, no disk.
use super::Document;
use crate::kernel::{Error, Instant, Reason, Result, fault};
use serde_json::Value;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Figtree is the house's own; Liberation Sans draws what Figtree has no sign for (Greek, Cyrillic, arrows).
const FONTS: [&[u8]; 3] = [
    include_bytes!("../../../templates/pdf/fonts/figtree-regular.ttf"),
    include_bytes!("../../../templates/pdf/fonts/figtree-semibold.ttf"),
    include_bytes!("../../../templates/pdf/fonts/liberation-sans-regular.ttf"),
];
const TEMPLATE: &str = include_str!("../../../templates/pdf/document.typ");
/// Drawn in place of what no font has.
const UNDRAWN: char = '□';
/// The longest text, and all texts together, in bytes: several times what an application may say. A draft can hold a megabyte in a narrow
/// column, which would be thousands of pages.
const LONGEST: usize = 20_000;
const MOST: usize = 500_000;
/// How many later prints what typst remembers of this one may serve.
const REMEMBERED: usize = 4;

/// What every print shares.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
}

static PRESS: LazyLock<std::result::Result<Press, String>> = LazyLock::new(|| {
    let id = |path: &str| VirtualPath::new(path).map(|path| FileId::new(RootedPath::new(VirtualRoot::Project, path))).map_err(|error| format!("{error:?}"));
    let fonts: Vec<Font> = FONTS.iter().flat_map(|data| Font::iter(Bytes::new(*data))).collect();
    Ok(Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(id("/document.typ")?, TEMPLATE.to_owned()),
        data: id("/data.json")?,
    })
});

struct Job {
    press: &'static Press,
    data: Bytes,
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }
    fn main(&self) -> FileId {
        self.press.template.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.press.template.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }
    /// No template asks: a print must not depend on its day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The document as a PDF for archives (PDF/A-2a) that screen readers can read (PDF/UA-1).
///
/// # Errors
/// `Refused` when it is longer than anything that can be handed in; `Fault` when the template does not lay out.
pub fn print(document: &Document) -> Result<Vec<u8>> {
    let laid_out = lay_out(document)?;
    let bytes = typst_pdf::pdf(&laid_out, &options(document)).map_err(|errors| complaint(&errors));
    comemo::evict(REMEMBERED);
    bytes
}

fn lay_out(document: &Document) -> Result<PagedDocument> {
    let press = PRESS.as_ref().map_err(|error| fault(error.as_str()))?;
    let mut data = serde_json::to_value(document).map_err(fault)?;
    let (longest, all) = lengths(&data);
    if longest > LONGEST || all > MOST {
        return Err(Error::refused(Reason::new("too-long-to-print", "", |t| t.exports_pdf_too_long().into())));
    }
    if !make_drawable(&mut data, &press.book)
        && let Value::Object(fields) = &mut data
    {
        fields.remove("undrawn");
    }
    let job = Job { press, data: Bytes::new(serde_json::to_vec(&data).map_err(fault)?) };
    typst::compile::<PagedDocument>(&job).output.map_err(|errors| complaint(&errors))
}

fn options(document: &Document) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
    PdfOptions {
        ident: Smart::Custom(document.keywords.join(" ")),
        creator: Smart::Custom(Some(concat!("Subgrant ", env!("CARGO_PKG_VERSION")).into())),
        timestamp: stamp(document.made_at),
        standards: standards.unwrap_or_default(),
        ..PdfOptions::default()
    }
}

fn stamp(at: Instant) -> Option<Timestamp> {
    let zoned = at.zoned();
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    let moment = Datetime::from_ymd_hms(
        i32::from(zoned.year()),
        part(zoned.month()),
        part(zoned.day()),
        part(zoned.hour()),
        part(zoned.minute()),
        part(zoned.second()),
    )?;
    Timestamp::new_local(moment, zoned.offset().seconds() / 60)
}

fn complaint(errors: &[SourceDiagnostic]) -> Error {
    fault(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// Of the longest text, and of all together.
fn lengths(value: &Value) -> (usize, usize) {
    let of_all = |lengths: &mut dyn Iterator<Item = (usize, usize)>| lengths.fold((0, 0), |(longest, all), (one, more)| (longest.max(one), all + more));
    match value {
        Value::String(text) => (text.len(), text.len()),
        Value::Array(list) => of_all(&mut list.iter().map(lengths)),
        Value::Object(fields) => of_all(&mut fields.values().map(lengths)),
        _ => (0, 0),
    }
}

/// Replaces what no font draws (and what is no text at all), so that one picture sign cannot keep a whole application from being printed.
/// Whether anything had to be replaced.
fn make_drawable(value: &mut Value, book: &FontBook) -> bool {
    let drawn = |sign: char| sign == '\n' || (0..).map_while(|place| book.info(place)).any(|font| font.coverage.contains(u32::from(sign)));
    match value {
        Value::String(text) if !text.chars().all(drawn) => {
            let plain = |sign: char| match sign {
                sign if drawn(sign) => Some(sign),
                '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' => Some(' '),
                // They only steer how their neighbours are drawn.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
                sign if sign.is_control() => None,
                _ => Some(UNDRAWN),
            };
            let replaced = text.chars().any(|sign| plain(sign) == Some(UNDRAWN));
            *text = text.chars().filter_map(plain).collect();
            replaced
        }
        Value::Array(list) => list.iter_mut().fold(false, |any, one| make_drawable(one, book) | any),
        Value::Object(fields) => fields.values_mut().fold(false, |any, one| make_drawable(one, book) | any),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Lang;
    use crate::workflow::pdf::{Block, Cell, Column, Group, Months, MonthsRow, Pair, Section, Table};
    use typst::layout::{Frame, FrameItem, Point};

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            lang: Lang::Sq,
            title: "R3-07: Aplikimi".into(),
            author: "Qendra Rinia (example)".into(),
            keywords: vec!["R3-07".into()],
            made_at: Instant::at_tirane("2017-10-25T16:59:58").unwrap(),
            kind: "Aplikimi".into(),
            code: "R3-07".into(),
            heading: "Zëri i çdo qytetari".into(),
            subheading: "Qendra Rinia (example)".into(),
            mark: String::new(),
            head: "R3-07: Aplikimi".into(),
            when: "Dërguar më 25 tetor 2017".into(),
            foot: "PACT".into(),
            page_of: "Faqja {page} nga {pages}".into(),
            facts: vec![Pair::new("Fondi", "PACT")],
            fingerprint: None,
            sections: vec![Section { heading: "1. Organizata".into(), blocks }],
            undrawn: "A sign is missing.".into(),
        }
    }
    fn text(words: &str) -> Block {
        Block::Text { heading: String::new(), text: words.into(), lang: None }
    }

    /// Every piece of text with the right edge that it reaches, in points.
    fn pieces(frame: &Frame, at: Point, found: &mut Vec<(String, f64)>) {
        for (offset, item) in frame.items() {
            let place = at + *offset;
            match item {
                FrameItem::Group(group) => pieces(&group.frame, place, found),
                FrameItem::Text(piece) => found.push((piece.text.to_string(), (place.x + piece.width()).to_pt())),
                _ => {}
            }
        }
    }
    fn printed(document: &Document) -> Vec<Vec<(String, f64)>> {
        let laid_out = lay_out(document).unwrap();
        let page = |page: &typst_layout::Page| {
            let mut found = vec![];
            pieces(&page.frame, Point::zero(), &mut found);
            found
        };
        laid_out.pages().iter().map(page).collect()
    }
    fn words(document: &Document) -> String {
        printed(document).concat().into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" ").replace('\u{200b}', "")
    }

    #[test]
    fn what_people_type_is_never_markup() {
        let typed = "#[x] *y* $z$ @a <b> `c` #panic() = d";
        let table = Table {
            heading: typed.into(),
            columns: vec![Column::text(typed, 1)],
            groups: vec![Group { heading: None, rows: vec![vec![Cell::new(typed).with(typed)]] }],
            foot: vec![],
        };
        let mut document = document(vec![text(typed), Block::List { items: vec![typed.into()] }, Block::Table(table)]);
        document.heading = typed.into();
        document.title = typed.into();
        let words = words(&document);
        assert!(words.matches("#[x] *y* $z$ @a <b> `c` #panic() = d").count() >= 4, "{words}");
        print(&document).unwrap();
    }

    #[test]
    fn signs_that_no_font_draws_are_marked_and_said() {
        // Each font makes pieces of its own.
        let unspaced = |document: &Document| words(document).chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
        let drawn = document(vec![text("Ëndrra e çdo shkolle: ‘Ж’, Ω, →, ■, – 15 721,04 €")]);
        let page = unspaced(&drawn);
        assert!(page.contains("Ëndrraeçdoshkolle:‘Ж’,Ω,→,■,–15721,04€") && !page.contains("Asignismissing.") && !page.contains(UNDRAWN), "{page}");
        let undrawn = document(vec![text("Festa \u{1f389}\u{fe0f}, 中文, \u{7}\u{200b}fund")]);
        let page = unspaced(&undrawn);
        assert!(page.contains("Festa□,□□,fund") && page.contains("Asignismissing."), "{page}");
        print(&undrawn).unwrap();
    }

    #[test]
    fn the_same_document_is_the_same_file() {
        let first = print(&document(vec![text("një")])).unwrap();
        assert!(first.starts_with(b"%PDF-1.7"));
        comemo::evict(0);
        assert_eq!(first, print(&document(vec![text("një")])).unwrap());
        assert_ne!(first, print(&document(vec![text("dy")])).unwrap());
    }

    #[test]
    fn it_says_what_it_is_to_archives_and_screen_readers() {
        let file = String::from_utf8_lossy(&print(&document(vec![text("një")])).unwrap()).into_owned();
        for sign in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "R3-07: Aplikimi", "2017-10-25T16:59:58+02:00", ">sq<"] {
            assert!(file.contains(sign), "{sign}");
        }
    }

    #[test]
    fn what_no_application_can_say_is_refused_at_once() {
        let refused = |blocks: Vec<Block>| matches!(lay_out(&document(blocks)), Err(Error::Refused(reasons)) if reasons[0].code == "too-long-to-print");
        assert!(refused(vec![text(&"x".repeat(LONGEST + 1))]));
        assert!(refused(vec![text(&"x".repeat(LONGEST)); 26]));
    }

    #[test]
    fn nothing_leaves_the_page_however_long_it_is() {
        let (run, long) = ("x".repeat(700), "Ndërgjegjësimi i qytetarëve për llogaridhënien. ".repeat(150));
        let cell = |words: &str| Cell::new(words).with(words);
        let table = Table {
            heading: run.clone(),
            columns: vec![Column::text("a", 1), Column::figures("Ndërgjegjësimi", 1), Column::text("c", 1), Column::text("d", 4)],
            groups: vec![Group {
                heading: Some(vec![cell("1. Burime"); 4]), rows: vec![vec![cell(&run), cell(&long), cell("Ndërgjegjësimin"), cell("")]; 3]
            }],
            foot: vec![vec![cell(&run); 4]],
        };
        let row = MonthsRow { number: "1.1".into(), text: run.clone(), who: run.clone(), months: vec![1, 36], words: "1, 36".into() };
        let months = Months { what: "Aktiviteti".into(), when: "Muajt".into(), months: 36, rows: vec![row; 40] };
        let pairs = vec![Pair::new(run.clone(), run.clone()).with(run.clone())];
        let mut document = document(vec![text(&run), Block::Pairs { pairs }, Block::Table(table), Block::Months(months)]);
        document.heading = run.clone();
        document.subheading = run;
        let pages = printed(&document);
        assert!(pages.len() > 8, "{}", pages.len());
        // A4 without its right margin; half a point for rounding.
        let right_edge = 595.28 - 59.5 + 0.5;
        for (number, page) in pages.iter().enumerate() {
            let beyond: Vec<_> = page.iter().filter(|(_, edge)| *edge > right_edge).collect();
            assert!(beyond.is_empty(), "page {}: {beyond:?}", number + 1);
            let last = format!("Faqja {} nga {}", number + 1, pages.len());
            assert!(page.iter().any(|(text, _)| *text == last), "{last}");
        }
        // The heads of tables stand on every page that they run over.
        assert!(pages.iter().filter(|page| page.iter().any(|(text, _)| text == "Muajt")).count() > 3);
    }
}
