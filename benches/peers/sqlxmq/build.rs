//! Finds the migrations of sqlxmq, which come with its sources alone.

use std::path::Path;
use std::process::Command;

fn main() {
    let cargo = std::env::var_os("CARGO").expect("Cargo names itself");
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .expect("Cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&told.stdout).expect("Cargo tells JSON");
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "sqlxmq")
        .and_then(|package| package["manifest_path"].as_str())
        .expect("sqlxmq is a dependency");
    let folder = Path::new(manifest).with_file_name("migrations");
    println!("cargo::rustc-env=SQLXMQ_MIGRATIONS={}", folder.display());
    println!("cargo::rerun-if-changed=Cargo.lock");
}
