//! Budget and logframe as workbooks: they go out, are filled in by a library that is not the product's, and come back; and everything
//! else that may come back.
use crate::{Answered, Visitor, World, sample};
use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};
use subgrant::applications::boxes;
use subgrant::applications::content::{Budget, File, Heading, Logframe, PartContent};
use subgrant::applications::{Part, actions, budget, records};
use subgrant::calls::Caps;
use subgrant::demo::material::Material;
use subgrant::kernel::{ApplicationId, Lang, Money, Tr};
use umya_spreadsheet::{Workbook, Worksheet};

const ALBANIAN: Tr = Tr(Lang::Sq);

/// A draft of R1 with R1-22's texts, but for the part that is to come out of a workbook.
fn without(world: &World, part: Part) -> (Visitor, ApplicationId, PartContent) {
    world.at("2016-07-20T10:00:00");
    let writer = world.applicant("Ilir Gjoka", "DIDCK");
    let round = world.round("R1");
    let material = Material::read().unwrap();
    let project = material.applications.iter().find(|application| application.pack == "R1-22").unwrap();
    let actor = world.actor(&writer);
    let id = sample::act(world, &actor, |act| actions::start(act, round.id, writer.organisation_id(), Lang::Sq)).id;
    let mut wanted = None;
    for content in material.parts(project, &round, "Ilir Gjoka").unwrap() {
        if content.part() == part {
            wanted = Some(content);
        } else {
            sample::act(world, &actor, |act| actions::save_part(act, id, content, None));
        }
    }
    (writer, id, wanted.unwrap())
}
fn kept(world: &World, id: ApplicationId) -> File {
    world.read(|conn| {
        let application = records::by_id(conn, id)?;
        records::draft_file(conn, &application)
    })
}
fn save(world: &World, writer: &Visitor, id: ApplicationId, content: PartContent) {
    sample::act(world, &world.actor(writer), |act| actions::save_part(act, id, content, None));
}

fn address(id: ApplicationId, part: Part) -> String {
    format!("/applications/{id}/{part}/workbook")
}
fn open(bytes: &[u8]) -> Workbook {
    umya_spreadsheet::reader::xlsx::read_reader(Cursor::new(bytes), true).unwrap()
}
fn download(writer: &Visitor, id: ApplicationId, part: Part) -> Workbook {
    open(&writer.get(&address(id, part)).expect(200).bytes)
}
fn bytes(book: &Workbook) -> Vec<u8> {
    let mut bytes = vec![];
    umya_spreadsheet::writer::xlsx::write_writer(book, &mut bytes).unwrap();
    bytes
}
fn upload(writer: &Visitor, id: ApplicationId, part: Part, book: &Workbook) -> Answered {
    send(writer, id, part, "buxheti.xlsx", bytes(book))
}
fn send(writer: &Visitor, id: ApplicationId, part: Part, name: &str, bytes: Vec<u8>) -> Answered {
    writer.upload(&address(id, part), &[], ("workbook", name, bytes))
}
/// The form of the page that shows what would change, sent; `also` are boxes that were ticked in it.
fn confirm(writer: &Visitor, id: ApplicationId, part: Part, page: &Answered, also: &[(&str, &str)]) -> Answered {
    let to = format!("/applications/{id}/{part}");
    let fields = page.fields_of(&to);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend_from_slice(also);
    writer.post_as_is(&to, &fields)
}

/// The sheet that people fill in, by rows and columns counted from one.
fn sheet(book: &mut Workbook) -> &mut Worksheet {
    let sheet = book.sheet_mut(0).unwrap();
    assert!(["Buxheti", "Korniza logjike"].contains(&sheet.name()));
    sheet
}
fn rows(sheet: &Worksheet) -> std::ops::RangeInclusive<u32> {
    1..=sheet.highest_row()
}
/// The row in which something stands in a column.
fn row_with(sheet: &Worksheet, column: u32, text: &str) -> u32 {
    rows(sheet).find(|row| sheet.value((column, *row)) == text).unwrap_or_else(|| panic!("{text} is not there"))
}
const KEY: u32 = 10;
/// An empty row under a heading.
fn free_row(sheet: &Worksheet, heading: Heading) -> u32 {
    let heading = format!("{}. {}", heading.number(), heading.label(ALBANIAN));
    rows(sheet).find(|row| sheet.value((9, *row)) == heading && sheet.value((1, *row)).is_empty()).expect("there is room")
}
fn put(sheet: &mut Worksheet, column: u32, row: u32, text: &str) {
    sheet.cell_mut((column, row)).set_value_string(text);
}
fn number(sheet: &mut Worksheet, column: u32, row: u32, figure: &str) {
    sheet.cell_mut((column, row)).set_value_number(figure.parse::<f64>().unwrap());
}

fn fill_in(book: &mut Workbook, budget: &Budget, file: &File) {
    let activities = file.logframe.numbered_activities();
    let sheet = sheet(book);
    for line in &budget.lines {
        let row = free_row(sheet, line.heading);
        put(sheet, 1, row, &line.description);
        number(sheet, 2, row, &line.number);
        put(sheet, 3, row, &line.unit);
        number(sheet, 4, row, &line.unit_cost);
        let (place, activity) = activities.iter().find(|(_, known)| known.key == line.activity).unwrap();
        put(sheet, 6, row, &format!("{place} {}", activity.text));
    }
    let row = row_with(sheet, KEY, "indirect");
    number(sheet, 5, row, &budget.indirect);
}

#[test]
fn r1_22s_budget_comes_back_to_the_cent() {
    let world = World::new();
    let (writer, id, wanted) = without(&world, Part::Budget);
    let PartContent::Budget(wanted) = wanted else { panic!("another part") };
    let answer = writer.get(&address(id, Part::Budget)).expect(200);
    assert!(answer.header("content-disposition").unwrap().contains("buxheti-citizen"), "{:?}", answer.header("content-disposition"));
    let mut book = open(&answer.bytes);
    fill_in(&mut book, &wanted, &kept(&world, id));

    let page = upload(&writer, id, Part::Budget, &book).expect(200);
    assert!(kept(&world, id).budget.lines.is_empty(), "nothing changes before it is confirmed");
    assert!(page.texts("td").iter().any(|cell| cell.replace('\u{a0}', " ") == "15 721,04"), "{:?}", page.texts("td"));
    assert_eq!(page.texts(".compare tbody tr").len(), wanted.lines.len() + 1);

    confirm(&writer, id, Part::Budget, &page, &[]).expect(303).follow().expect(200);
    let arrived = kept(&world, id).budget;
    assert_eq!(budget::totals(&arrived, &Caps::NONE).total, Money::cents(1_572_104));
    let said = |budget: &Budget| -> Vec<_> {
        budget::numbered(budget)
            .into_iter()
            .map(|(number, line)| (number, line.description.clone(), line.unit.clone(), line.total(), line.activity.clone(), line.spender.clone()))
            .collect()
    };
    assert_eq!(said(&arrived), said(&wanted));
    let application = world.read(|conn| records::by_id(conn, id));
    assert_eq!((application.total, application.requested), (Money::cents(1_572_104), Money::cents(1_572_104)));

    // The same file once more: its lines are known, though it does not know their keys.
    let again = upload(&writer, id, Part::Budget, &book).expect(200);
    assert!(again.main_text().contains("nuk ka çfarë të merret"), "{}", again.main_text());
    // And once more with another price: one line changes, none is added.
    let sheet = sheet(&mut book);
    let row = row_with(sheet, 1, "Laptop");
    number(sheet, 4, row, "650");
    let again = upload(&writer, id, Part::Budget, &book).expect(200);
    assert_eq!(again.texts(".compare tbody tr").len(), 1);
    confirm(&writer, id, Part::Budget, &again, &[]).expect(303);
    let changed = kept(&world, id).budget;
    assert_eq!((changed.lines.len(), budget::totals(&changed, &Caps::NONE).total), (16, Money::cents(1_573_104)));
}

#[test]
fn r1_22s_logframe_comes_back_as_it_is() {
    let world = World::new();
    let (writer, id, wanted) = without(&world, Part::Logframe);
    let PartContent::Logframe(wanted) = wanted else { panic!("another part") };
    let mut book = download(&writer, id, Part::Logframe);
    let sheet = sheet(&mut book);
    let first = row_with(sheet, 13, "subgrant") + 1;
    for row in first..=sheet.highest_row() {
        for column in 1..=14 {
            sheet.remove_cell((column, row));
        }
    }
    let mut row = first;
    let mut say = |kind: &str, text: &str, measured: &[(u32, &String)]| {
        put(sheet, 2, row, kind);
        put(sheet, 3, row, text);
        for (column, text) in measured {
            // As spreadsheets do: what looks like a figure becomes one.
            if text.parse::<f64>().is_ok() { number(sheet, *column, row, text) } else { put(sheet, *column, row, text) }
        }
        row += 1;
    };
    let measure = |say: &mut dyn FnMut(&str, &str, &[(u32, &String)]), list: &[subgrant::applications::content::Indicator]| {
        for one in list {
            let boxes = [
                (4, &one.unit),
                (5, &one.baseline),
                (6, &one.baseline_year),
                (7, &one.target),
                (8, &one.target_year),
                (11, &one.source),
                (12, &one.assumption),
            ];
            say("Treguesi", &one.text, &boxes);
        }
    };
    say("Objektivi i përgjithshëm", &wanted.impact, &[]);
    measure(&mut say, &wanted.impact_indicators);
    for outcome in &wanted.outcomes {
        say("Objektivi specifik", &outcome.text, &[]);
        measure(&mut say, &outcome.indicators);
    }
    for output in &wanted.outputs {
        say("Rezultati", &output.text, &[]);
        for activity in &output.activities {
            say("Aktiviteti", &activity.text, &[]);
        }
        measure(&mut say, &output.indicators);
    }
    let page = upload(&writer, id, Part::Logframe, &book).expect(200);
    assert_eq!(kept(&world, id).logframe, Logframe::default());
    confirm(&writer, id, Part::Logframe, &page, &[]).expect(303).follow().expect(200);
    // Everything but the keys, which are the draft's own.
    let said = |logframe: &Logframe| boxes::of(&PartContent::Logframe(logframe.clone())).pairs().into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    assert_eq!(said(&kept(&world, id).logframe), said(&wanted));
    let again = upload(&writer, id, Part::Logframe, &book).expect(200);
    assert!(again.main_text().contains("nuk ka çfarë të merret"), "{}", again.main_text());
}

#[test]
fn what_others_changed_meanwhile_is_never_lost() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let mut book = download(&arta, id, Part::Budget);
    {
        let sheet = book.sheet_mut(0).unwrap();
        let (trainer, survey, manual) = (row_with(sheet, KEY, "b2"), row_with(sheet, KEY, "b4"), row_with(sheet, KEY, "b6"));
        number(sheet, 4, trainer, "160");
        put(sheet, 1, survey, "Survey of citizens");
        // Two lines go: one that nobody touches, one that somebody changes meanwhile.
        for row in [manual, row_with(sheet, KEY, "b7")] {
            empty_row(sheet, row);
        }
    }
    let mut meanwhile = sample::budget();
    meanwhile.lines[0].number = "9".into();
    meanwhile.lines[3].description = "Survey, both rounds".into();
    meanwhile.lines[6].unit_cost = "350".into();
    save(&world, &arta, id, PartContent::Budget(meanwhile));

    let page = upload(&arta, id, Part::Budget, &book).expect(200);
    assert!(page.has(".note") && page.main_text().contains("Somebody changed this part"), "{}", page.main_text());
    assert_eq!(page.attributes("input[name=take]", "value"), ["line.b4.description"]);
    assert_eq!(page.texts("section[aria-labelledby=stayed] li"), ["5.3 Visibility"]);
    assert_eq!(page.attributes("input[name=gone]", "value"), ["line.b6"]);

    // Between the page and its button somebody changes the trainer's price too: both texts come back, and nobody's is lost.
    let mut later = kept(&world, id).budget;
    later.lines[1].unit_cost = "155".into();
    save(&world, &arta, id, PartContent::Budget(later));
    let both = confirm(&arta, id, Part::Budget, &page, &[("take", "line.b4.description")]).expect(422);
    assert!(both.has(".theirs") && both.body.contains("155"), "{}", both.main_text());
    assert_eq!(both.value_of("line.b2.unit_cost"), "160.00");
    let arrived = kept(&world, id).budget;
    let line = |key: &str| arrived.lines.iter().find(|line| line.key == key);
    assert_eq!(line("b1").unwrap().number, "9", "what only the draft changed stays");
    assert_eq!(line("b2").unwrap().unit_cost, "155", "until somebody chooses");
    assert_eq!(line("b4").unwrap().description, "Survey, both rounds", "the draft's was kept");
    assert!(line("b6").is_none());
    assert_eq!(line("b7").unwrap().unit_cost, "350");
}

fn empty_row(sheet: &mut Worksheet, row: u32) {
    for column in 1..=8 {
        sheet.remove_cell((column, row));
    }
}

#[test]
fn wrong_cells_are_named_and_nothing_is_taken_over() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let mut book = download(&arta, id, Part::Budget);
    let sheet = book.sheet_mut(0).unwrap();
    assert_eq!(sheet.name(), "Budget");
    let row = |sheet: &Worksheet, key: &str| row_with(sheet, KEY, key);
    let (b1, b2, b3, b4, b5, b6, b7) =
        (row(sheet, "b1"), row(sheet, "b2"), row(sheet, "b3"), row(sheet, "b4"), row(sheet, "b5"), row(sheet, "b6"), row(sheet, "b7"));
    put(sheet, 4, b1, "abc");
    number(sheet, 4, b2, "13.3333");
    number(sheet, 2, b3, "-2");
    put(sheet, 6, b4, "9.9 Something else");
    put(sheet, 9, b5, "Gifts");
    sheet.cell_mut((2, b6)).set_formula("1/0").set_formula_result_error(umya_spreadsheet::CellErrorType::Div0);
    sheet.cell_mut((2, b7)).set_formula("2+2").set_formula_result_blank();
    sheet.add_merge_cells(format!("A{b7}:B{b7}"));
    let page = upload(&arta, id, Part::Budget, &book).expect(422);
    let faults = page.texts(".errsum li");
    let expected = [
        (format!("Budget!A{b7}:B{b7}"), "merged"),
        (format!("Budget!D{b1}"), "“abc” is not an amount"),
        (format!("Budget!D{b2}"), "“13.3333” has more than two decimals"),
        (format!("Budget!B{b3}"), "“-2” is not a number"),
        (format!("Budget!F{b4}"), "“9.9 Something else” is not in the list"),
        (format!("Budget!I{b5}"), "“Gifts” is not in the list"),
        (format!("Budget!B{b6}"), "#DIV/0!"),
        (format!("Budget!B{b7}"), "the formula has no value yet"),
    ];
    for (cell, words) in &expected {
        assert!(faults.iter().any(|fault| fault.starts_with(&format!("{cell}:")) && fault.contains(words)), "{cell} {words} in {faults:?}");
    }
    assert_eq!(faults.len(), expected.len(), "{faults:?}");
    assert!(page.attributes("form", "action").iter().all(|action| !action.ends_with("/budget")), "there is nothing to confirm");
    assert_eq!(kept(&world, id).budget, sample::budget());
}

#[test]
fn columns_that_were_moved_are_noticed() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let mut book = download(&arta, id, Part::Budget);
    let sheet = book.sheet_mut(0).unwrap();
    let header = row_with(sheet, KEY, "subgrant");
    put(sheet, 2, header, "Price");
    let page = upload(&arta, id, Part::Budget, &book).expect(422);
    assert_eq!(page.texts(".errsum li"), [format!("Budget!B{header}: here the heading “Number” must stand: columns were moved or renamed")]);
    book.sheet_mut(0).unwrap().remove_cell((KEY, header));
    let page = upload(&arta, id, Part::Budget, &book).expect(422);
    assert!(page.text(".errsum li").contains("columns were removed or moved"), "{:?}", page.texts(".errsum li"));
}

#[test]
fn a_text_that_no_cell_holds_is_named() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let mut budget = sample::budget();
    budget.lines[0].justification = "ë".repeat(32_768);
    save(&world, &arta, id, PartContent::Budget(budget));
    let page = arta.get(&address(id, Part::Budget)).expect(422);
    assert!(page.body.contains("is longer than an Excel cell can hold"), "{}", page.body);
}

#[test]
fn formulas_give_their_values_and_texts_are_read_as_amounts() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let mut book = download(&arta, id, Part::Budget);
    let sheet = book.sheet_mut(0).unwrap();
    let (b1, b2) = (row_with(sheet, KEY, "b1"), row_with(sheet, KEY, "b2"));
    sheet.cell_mut((4, b1)).set_formula("4*103.1").set_formula_result_number(412.400_000_000_000_03);
    put(sheet, 4, b2, "1.240,50");
    let page = upload(&arta, id, Part::Budget, &book).expect(200);
    confirm(&arta, id, Part::Budget, &page, &[]).expect(303);
    let lines = kept(&world, id).budget.lines;
    assert_eq!((lines[0].unit_cost.as_str(), lines[1].unit_cost.as_str()), ("412.40", "1240.50"));
    assert_eq!(lines.len(), 7);
}

#[test]
fn what_looks_like_a_formula_stays_a_text() {
    let world = World::new();
    let arta = world.applicant("Arta", "=HYPERLINK(\"http://x.example\",\"Qendra\")").in_english();
    let id = sample::draft_titled(&world, &arta, "=1+1");
    let mut budget = sample::budget();
    budget.lines[0].description = "=HYPERLINK(\"http://x.example\",\"pay\")".into();
    budget.lines[1].justification = "@SUM(1,2)".into();
    budget.lines[2].unit_cost = "=2+2".into();
    save(&world, &arta, id, PartContent::Budget(budget));
    let answer = arta.get(&address(id, Part::Budget)).expect(200);
    let mut book = open(&answer.bytes);
    let sheet = book.sheet_mut(0).unwrap();
    let b1 = row_with(sheet, KEY, "b1");
    assert!(!sheet.cell((1, b1)).unwrap().is_formula() && sheet.value((1, b1)).starts_with("=HYPERLINK("));
    let ours = ["=IF(", "=SUM", "=ROUND", "=E", "=N("];
    for cell in sheet.cells() {
        let formula = format!("={}", cell.formula());
        assert!(!cell.is_formula() || ours.iter().any(|begin| formula.starts_with(begin)), "{formula}");
    }
    let page = send(&arta, id, Part::Budget, "a.xlsx", answer.bytes).expect(422);
    assert_eq!(page.texts(".errsum li").len(), 1, "only what was unreadable before: {:?}", page.texts(".errsum li"));
}

/// A workbook of ours with one entry put in or replaced.
fn with_entry(original: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(original)).unwrap();
    let mut made = zip::ZipWriter::new(Cursor::new(vec![]));
    let options = zip::write::SimpleFileOptions::default();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let known = entry.name().unwrap().into_owned();
        if known != name {
            let mut bytes = vec![];
            entry.read_to_end(&mut bytes).unwrap();
            made.start_file(known, options).unwrap();
            made.write_all(&bytes).unwrap();
        }
    }
    made.start_file(name, options).unwrap();
    made.write_all(content).unwrap();
    made.finish().unwrap().into_inner()
}
fn replace_all(bytes: &mut [u8], from: [u8; 4], to: [u8; 4]) -> usize {
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, window)| *window == from).map(|(place, _)| place).collect();
    for place in &places {
        bytes[*place..place + 4].copy_from_slice(&to);
    }
    places.len()
}

#[test]
fn what_is_no_workbook_of_this_part_is_refused_with_its_reason() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let other = sample::draft_titled(&world, &world.applicant("Besa", "Shoqata Hapi"), "Another");
    let ours = arta.get(&address(id, Part::Budget)).expect(200).bytes;
    let logframe = arta.get(&address(id, Part::Logframe)).expect(200).bytes;
    let besas = {
        let besa = world.applicant("Blerta", "Shoqata Hapi");
        besa.get(&address(other, Part::Budget)).expect(200).bytes
    };
    let renamed = {
        let mut book = open(&ours);
        book.sheet_mut(0).unwrap().set_name("Sheet1");
        bytes(&book)
    };
    let bare = bytes(&umya_spreadsheet::new_file());
    let locked = {
        let path = world.folder().join("locked.xlsx");
        umya_spreadsheet::writer::xlsx::write_with_password(&open(&ours), &path, "fshehtë").unwrap();
        std::fs::read(path).unwrap()
    };
    let html = b"<html><body><table><tr><td>Project coordinator</td></tr></table></body></html>".to_vec();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("budget.xlsx", vec![], "is empty"),
        ("budget.xlsx", html, "is not an Excel workbook inside"),
        ("budget.xlsx", b"PK\x03\x04 cut short".to_vec(), "is not an Excel workbook inside"),
        ("budget.xlsx", locked, "protected with a password"),
        ("budget.xlsx", vec![b'x'; 3_000_000], "larger than 2 MB"),
        ("budget.xlsm", ours.clone(), "contains macros"),
        ("budget.xlsx", with_entry(&ours, "xl/vbaProject.bin", b"Sub Auto_Open()"), "contains macros"),
        ("budget.xlsx", renamed, "no sheet “Budget”; it has: Sheet1"),
        ("budget.xlsx", bare, "no sheet “subgrant”; it has: Sheet1"),
        ("budget.xlsx", besas, "belongs to another application"),
        ("logframe.xlsx", logframe, "workbook of another part: Logframe"),
    ];
    for (name, bytes, words) in cases {
        let page = send(&arta, id, Part::Budget, name, bytes).expect(422);
        let said = page.text("#workbook-error");
        assert!(said.contains(words), "{words}: {said} {}", page.main_text());
        assert!(page.has("input[type=file][name=workbook]"), "another file can be chosen at once");
    }
    let page = arta.post(&address(id, Part::Budget), &[]);
    assert_ne!(page.status, 500);
    assert_eq!(kept(&world, id).budget, sample::budget());
}

#[test]
fn what_is_far_too_much_is_refused_at_once() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let ours = arta.get(&address(id, Part::Budget)).expect(200).bytes;
    let rows: String = (1..=100_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>")).collect();
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    let long = with_entry(&ours, "xl/worksheets/sheet1.xml", sheet.as_bytes());
    let zeros = vec![0; 30_000_000];
    let bomb = with_entry(&ours, "xl/media/image1.png", &zeros);
    // The same, but its directory says that there are 1,000 bytes: nothing inflates it further than that.
    let mut liar = bomb.clone();
    assert!(replace_all(&mut liar, 30_000_000_u32.to_le_bytes(), 1_000_u32.to_le_bytes()) >= 1);
    for (name, bytes, words) in [("rows", long, "more than 5000 rows"), ("bomb", bomb, "far more than a workbook"), ("liar", liar, "is not an Excel workbook")]
    {
        assert!(bytes.len() < 2_000_000, "{name}: {}", bytes.len());
        let began = Instant::now();
        let page = send(&arta, id, Part::Budget, "budget.xlsx", bytes).expect(422);
        assert!(began.elapsed() < Duration::from_secs(8), "{name}: {:?}", began.elapsed());
        assert!(page.text("#workbook-error").replace(',', "").contains(words), "{name}: {}", page.main_text());
    }
    assert_eq!(kept(&world, id).budget, sample::budget());
}

#[test]
fn a_logframes_rows_stand_where_they_belong() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let id = sample::draft(&world, &arta);
    let before = kept(&world, id).logframe;
    let mut book = download(&arta, id, Part::Logframe);
    let sheet = book.sheet_mut(0).unwrap();
    // A new activity under the first result, and the second one's indicator measured where only indicators are.
    let last = row_with(sheet, 13, "a3");
    assert_eq!(sheet.value((2, last + 1)), "Activity");
    put(sheet, 3, last + 1, "Summer school");
    let page = upload(&arta, id, Part::Logframe, &book).expect(200);
    assert_eq!(page.texts(".compare tbody th").len(), 1);
    assert!(page.text(".compare tbody th").starts_with("Activity 1.4"), "{}", page.text(".compare tbody th"));
    confirm(&arta, id, Part::Logframe, &page, &[]).expect(303);
    let after = kept(&world, id).logframe;
    assert_eq!(after.outputs[0].activities.len(), before.outputs[0].activities.len() + 1);
    assert_eq!(after.outputs[1], before.outputs[1]);

    let sheet = book.sheet_mut(0).unwrap();
    put(sheet, 7, last + 1, "40");
    let impact = row_with(sheet, 2, "Overall objective");
    put(sheet, 2, impact + 1, "Activity");
    let page = upload(&arta, id, Part::Logframe, &book).expect(422);
    let faults = page.texts(".errsum li");
    assert!(faults.iter().any(|fault| fault.starts_with(&format!("Logframe!G{}:", last + 1)) && fault.contains("only indicators")), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.starts_with(&format!("Logframe!B{}:", impact + 1)) && fault.contains("below a result")), "{faults:?}");
}

#[test]
fn only_those_who_write_the_draft_get_and_send_its_workbook() {
    let world = World::new();
    let arta = world.applicant("Arta", "Qendra Rinia").in_english();
    let (id, _) = sample::submitted(&world, &arta);
    let book = arta.get(&address(id, Part::Budget)).expect(200).bytes;
    assert_eq!(send(&arta, id, Part::Budget, "a.xlsx", book.clone()).status, 422, "a submitted application is frozen");
    let stranger = world.applicant("Besa", "Shoqata Hapi");
    stranger.get(&address(id, Part::Budget)).expect(404);
    assert_eq!(send(&stranger, id, Part::Budget, "a.xlsx", book).status, 404);
}
