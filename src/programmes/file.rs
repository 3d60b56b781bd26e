//! What a programme file says of the fund itself; its rounds are read by `calls::file`.
use super::sheet::{Sheet, Table};
use super::{Funder, MainContract, Office, Partner, Terms, places, rules};
use crate::kernel::Lang;
use toml::de::DeTable;

/// The fund's part of a file. Leaves the keys of the rounds to the reader of rounds.
#[must_use]
pub fn fund(table: &Table<'_>) -> (String, Terms) {
    let slug = table.text("slug");
    let terms = Terms {
        name: table.both("name"),
        full_name: table.both("full_name"),
        funder: funder(table.table("funder")),
        main_contract: main_contract(table.table("main_contract")),
        envelope: table.money("envelope"),
        planned_grants: table.number("planned_grants"),
        most_per_organisation: table.money("most_per_organisation"),
        municipalities: municipalities(table, places::all().iter().map(|place| place.code.as_str()).collect()),
        implementer: table.table("implementer").map(|table| partner(&table)).unwrap_or_default(),
        partners: table.tables("partners").iter().map(partner).collect(),
        overall_objective: table.both("overall_objective"),
        specific_objective: table.both("specific_objective"),
        invitation: table.both("invitation"),
        explanation: table.both("explanation"),
        languages: table.words("languages", Lang::ALL),
        office: office(table.table("office")),
    };
    table.flaws(rules::flaws(&slug, &terms));
    (slug, terms)
}

/// Codes of municipalities out of these; the word "all" is every one of them.
#[must_use]
pub fn municipalities(table: &Table<'_>, known: Vec<&str>) -> Vec<String> {
    if table.is_word("municipalities", "all") {
        return known.into_iter().map(ToOwned::to_owned).collect();
    }
    table.words("municipalities", &known).into_iter().map(ToOwned::to_owned).collect()
}

fn funder(table: Option<Table<'_>>) -> Funder {
    let Some(table) = table else { return Funder::default() };
    let funder = Funder { name: table.both("name"), funded_by: table.both("funded_by"), facility: table.both("facility"), eu: table.flag("eu") };
    table.finish();
    funder
}

fn main_contract(table: Option<Table<'_>>) -> MainContract {
    let nothing = crate::kernel::Day(jiff::civil::Date::ZERO);
    let Some(table) = table else { return MainContract { number: String::new(), begins: nothing, ends: nothing, reporting_margin_days: 0 } };
    let contract = MainContract {
        number: table.text_or_none("number"),
        begins: table.day("begins"),
        ends: table.day("ends"),
        reporting_margin_days: table.number("reporting_margin_days"),
    };
    table.finish();
    contract
}

fn partner(table: &Table<'_>) -> Partner {
    let partner = Partner { acronym: table.text("acronym"), name: table.both("name") };
    table.finish();
    partner
}

fn office(table: Option<Table<'_>>) -> Office {
    let Some(table) = table else { return Office::default() };
    let office = Office { address: table.text("address"), email: table.text("email"), phone: table.text_or_none("phone") };
    table.finish();
    office
}

/// The whole document, with every fault of its spelling complained about; None where there is no use in reading on.
#[must_use]
pub fn document<'d>(sheet: &Sheet<'d>, text: &'d str) -> Option<(DeTable<'d>, usize)> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut readable = true;
    for error in &errors {
        // A key that is there twice leaves the rest readable; a broken line makes everything after it doubtful.
        readable &= error.message().contains("duplicate");
        sheet.complain(error.span().map_or(0, |span| span.start), error.message());
    }
    let offset = document.span().start;
    readable.then(|| (document.into_inner(), offset))
}
