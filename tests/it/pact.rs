//! The fund `pact` with its three rounds, imported from its own file and published: what every test stands on.
use crate::World;
use diesel::prelude::*;
use std::sync::LazyLock;
use subgrant::calls::RoundState;
use subgrant::calls::file::ParsedFile;
use subgrant::kernel::Actor;
use subgrant::programmes::Programme;
use subgrant::store::schema::rounds;
use subgrant::workflow::perform;

static FILE: LazyLock<ParsedFile> = LazyLock::new(|| {
    subgrant::calls::file::read("pact.toml", include_str!("../../config/programmes/pact.toml")).expect("config/programmes/pact.toml is in order")
});

pub fn programme(world: &World) -> Programme {
    if let Ok(known) = world.store().read(|conn| subgrant::programmes::records::by_slug(conn, "pact")) {
        return known;
    }
    perform(&world.app.desk, &Actor::system(), |act| subgrant::calls::actions::import(act, &FILE)).unwrap();
    // Published as on its first day, without the letters that publishing sends.
    world.write(|conn| {
        diesel::update(rounds::table).set((rounds::state.eq(RoundState::Published), rounds::published_at.eq(rounds::opens_at.nullable()))).execute(conn)
    });
    world.store().read(|conn| subgrant::programmes::records::by_slug(conn, "pact")).unwrap()
}
