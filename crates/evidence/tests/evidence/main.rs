//! Evidence from outside: files as offices send them, and files that are built to break
//! whoever reads them. All of them are made here.

mod hostile;
mod inside;
mod kinds;
mod position;
mod sample;
