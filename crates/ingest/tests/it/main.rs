//! Inputs that are made here, broken in every way, and read through the crate's front door.

mod archives;
mod pages;
mod resolving;
mod support;
mod tables;
mod warc;
