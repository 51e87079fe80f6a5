//! Compiles `proto/` without protoc: the Rust code of every service, and `descriptors.bin` with all
//! option values.

use std::path::PathBuf;
use std::{env, fs, io};

use prost::Message;
use prost_types::FileDescriptorSet;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Long-running operations, which we serve in addition to our own files.
const OPERATIONS: &str = "google/longrunning/operations.proto";
/// The details of errors. No file imports it, but reflection must serve it.
const ERROR_DETAILS: &str = "google/rpc/error_details.proto";

fn main() -> Result<()> {
    // `sqlx::migrate!` embeds the migrations, but can't ask cargo for a rebuild when they change.
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-changed=src/store/migrations");
    println!("cargo:rerun-if-changed=build.rs");

    let bytes = descriptors()?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("descriptors.bin"), &bytes)?;

    // Decoding loses the values of options, so the code is generated from a decoded copy.
    generate(FileDescriptorSet::decode(bytes.as_slice())?)?;
    Ok(())
}

/// Encodes the descriptors: imported files without comments (validate.proto alone has 200 kB of
/// them), then our own files with comments.
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

    // Concatenated encodings decode as one message whose lists are joined.
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

/// Generates messages, clients and servers. Our own messages implement reflection.
fn generate(files: FileDescriptorSet) -> Result<()> {
    const POOL: &str = "#[prost_reflect(descriptor_pool = \"crate::api::pb::DESCRIPTORS\")]";

    let mut builder = tonic_prost_build::configure()
        .include_file("api.rs")
        // Ordered maps encode the same request to the same bytes, which identifies a repetition.
        .btree_map(".")
        // Tonic's own codec keeps large buffers for as long as a stream is open.
        .codec_path("crate::api::layers::codec::SmallBuffers")
        // The library has these types and their conversions already.
        .extern_path(".google.rpc", "::tonic_types::pb")
        // These only define options, which no generated code uses.
        .extern_path(".google.api", "::prost_types")
        .extern_path(".buf.validate", "::prost_types");

    for name in own_messages(&files) {
        builder = builder
            .message_attribute(&name, "#[derive(::prost_reflect::ReflectMessage)]")
            .message_attribute(&name, format!("#[prost_reflect(message_name = \"{name}\")]"))
            .message_attribute(&name, POOL);
    }

    Ok(builder.compile_fds(files)?)
}

/// Returns the full names of all messages in `upnext.v1`, including nested ones, but without map
/// entries.
fn own_messages(files: &FileDescriptorSet) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = Vec::new();
    for file in files.file.iter().filter(|file| file.package() == "upnext.v1") {
        let messages = file.message_type.iter();
        open.extend(messages.map(|message| (format!("upnext.v1.{}", message.name()), message)));
    }

    while let Some((name, message)) = open.pop() {
        let nested = message.nested_type.iter();
        open.extend(nested.map(|nested| (format!("{name}.{}", nested.name()), nested)));
        // prost generates no type for a map entry.
        if !message.options.as_ref().is_some_and(|options| options.map_entry()) {
            names.push(name);
        }
    }

    names
}
