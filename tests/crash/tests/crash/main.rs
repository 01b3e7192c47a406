//! The database when the program that writes is killed, when the server dies, and when the disk
//! is full. What must hold is the same each time: what was acknowledged is there, what was not
//! is there wholly or not at all, and doing it again with its key does it once.

mod base;
mod cluster;
mod disk;
mod faults;
mod full;
mod full_server;
mod kill;
mod life;
mod luck;
mod prey;
mod queue;
mod server;
