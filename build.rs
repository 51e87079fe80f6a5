//! Compiles `proto/` without protoc: the Rust code of every service, and `descriptors.bin` with all option values.

use std::path::PathBuf;
use std::{env, fs, io};

use prost::Message;
use prost_types::FileDescriptorSet;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Served beside our own files: long-running operations.
const OPERATIONS: &str = "google/longrunning/operations.proto";
/// What an error's details are made of; nothing imports it, but reflection has to serve it.
const ERROR_DETAILS: &str = "google/rpc/error_details.proto";

fn main() -> Result<()> {
    // The migrations are embedded by `sqlx::migrate!`, which can't ask for a rebuild itself.
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-changed=src/store/migrations");
    println!("cargo:rerun-if-changed=build.rs");
    let bytes = descriptors()?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("descriptors.bin"), &bytes)?;
    // Option values are lost here, so the code is made from a copy.
    generate(FileDescriptorSet::decode(bytes.as_slice())?)?;
    Ok(())
}

/// Encodes imported files without their comments (validate.proto alone has 200 kB of them), then ours with theirs.
fn descriptors() -> Result<Vec<u8>> {
    let mut ours = protox::Compiler::new(["proto"])?;
    ours.include_source_info(true);
    ours.open_file(OPERATIONS)?;
    ours.open_files(own_files()?)?;
    let own = ours.file_descriptor_set().file;
    let is_own = |name: &str| own.iter().any(|file| file.name() == name);
    let mut imports = protox::Compiler::new(["proto"])?;
    imports.include_imports(true).open_file(ERROR_DETAILS)?;
    imports.open_files(own.iter().flat_map(|file| &file.dependency).filter(|name| !is_own(name)))?;
    // Encoded messages that follow each other are one message whose lists are joined.
    Ok([imports.encode_file_descriptor_set(), ours.encode_file_descriptor_set()].concat())
}

/// Lists `proto/upnext/v1/*.proto`, sorted so that the output is the same on every machine.
fn own_files() -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir("proto/upnext/v1")?;
    let mut files = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    files.retain(|path| path.extension() == Some("proto".as_ref()));
    files.sort();
    Ok(files)
}

/// Generates messages, clients and servers; every message of ours can be read through reflection.
fn generate(files: FileDescriptorSet) -> Result<()> {
    let mut builder = tonic_prost_build::configure()
        .include_file("api.rs")
        // Maps in order: the same request encodes to the same bytes, so that a repetition is recognised.
        .btree_map(".")
        .codec_path("crate::api::layers::codec::SmallBuffers")
        .extern_path(".google.rpc", "::tonic_types::pb")
        // Options only: no code refers to these.
        .extern_path(".google.api", "::prost_types")
        .extern_path(".buf.validate", "::prost_types");
    for name in own_messages(&files) {
        builder = builder
            .message_attribute(&name, "#[derive(::prost_reflect::ReflectMessage)]")
            .message_attribute(&name, format!("#[prost_reflect(message_name = \"{name}\")]"))
            .message_attribute(&name, "#[prost_reflect(descriptor_pool = \"crate::api::pb::DESCRIPTORS\")]");
    }
    Ok(builder.compile_fds(files)?)
}

/// Full names of all messages in `upnext.v1`, nested ones included, map entries excluded.
fn own_messages(files: &FileDescriptorSet) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = Vec::new();
    for file in files.file.iter().filter(|file| file.package() == "upnext.v1") {
        open.extend(
            file.message_type.iter().map(|message| (format!("upnext.v1.{}", message.name()), message)),
        );
    }
    while let Some((name, message)) = open.pop() {
        open.extend(message.nested_type.iter().map(|nested| (format!("{name}.{}", nested.name()), nested)));
        if !message.options.as_ref().is_some_and(|options| options.map_entry()) {
            names.push(name);
        }
    }
    names
}
