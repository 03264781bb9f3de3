//! The program. Everything it does is in the library; `cli` turns arguments into calls.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
