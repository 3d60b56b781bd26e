//! The 61 municipalities of Albania and their 12 counties, by a short code such as `fushe-arrez`.
use std::sync::LazyLock;

/// A municipality.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// The name in small ASCII letters: `vau-i-dejes`.
    pub code: String,
    /// LAU code of Eurostat, for open data.
    pub lau: String,
    pub name: String,
    pub county: String,
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let csv = include_str!("../../config/reference/municipalities-al.csv");
    let mut lines = csv.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let column = |name: &str| head.iter().position(|cell| *cell == name).unwrap_or(usize::MAX);
    let (lau, name, ascii, county) = (column("code"), column("name_sq"), column("name_ascii"), column("county"));
    let mut places: Vec<Place> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
            Place { code: cell(ascii).to_lowercase().replace([' ', '-'], "-"), lau: cell(lau).into(), name: cell(name).into(), county: cell(county).into() }
        })
        .collect();
    places.sort_by_key(|place| (crate::kernel::folded(&place.county), crate::kernel::folded(&place.name)));
    places
});

/// All municipalities, by county and name.
#[must_use]
pub fn all() -> &'static [Place] {
    &PLACES
}

/// The municipality with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.code == code)
}

/// The municipality's name, or the code where there is no such place.
#[must_use]
pub fn name(code: &str) -> &str {
    find(code).map_or(code, |place| &place.name)
}

/// The county of the municipality; empty where there is no such place.
#[must_use]
pub fn county(code: &str) -> &'static str {
    find(code).map_or("", |place| &place.county)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_municipality_has_a_code_of_its_own_and_a_county() {
        let mut codes: Vec<_> = super::all().iter().map(|place| place.code.clone()).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 61);
        assert_eq!(super::find("fushe-arrez").unwrap().county, "Shkodër");
        assert_eq!(super::name("diber"), "Dibër");
    }
}
