//! The demo: the real rounds, replayed through the real actions with a moved clock.
mod material;
mod paper;
