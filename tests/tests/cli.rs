//! The program as a user runs it: what it prints, writes and answers with its exit code.

mod answers;
mod help;
mod lamps;
mod outputs;
mod period;
mod then;
mod writing;
