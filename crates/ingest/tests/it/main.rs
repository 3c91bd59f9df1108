//! Inputs that are made here, broken in every way, and read through the crate's front door.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its input has failed")]

mod anything;
mod archives;
mod pages;
mod resolving;
mod support;
mod tables;
mod warc;
