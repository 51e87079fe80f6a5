//! The generated wire types, clients and servers, and the descriptors for reflection and
//! validation.

use std::sync::LazyLock;

use prost_reflect::DescriptorPool;

/// Every served and imported file, encoded, with its option values. Only served files have
/// comments.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// The same files, linked: the source of messages, rules and field paths.
pub static DESCRIPTORS: LazyLock<DescriptorPool> = LazyLock::new(|| {
    DescriptorPool::decode(FILE_DESCRIPTOR_SET).expect("the build script writes a complete set")
});

#[expect(clippy::large_enum_variant, reason = "a batch's results are moved once, into the answer")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}

pub use generated::google::longrunning;
pub use generated::upnext::v1::*;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_serves_error_details() {
        assert!(DESCRIPTORS.get_message_by_name("google.rpc.ErrorInfo").is_some());
    }

    #[test]
    fn only_served_files_carry_comments() {
        for file in DESCRIPTORS.files() {
            let served = file.package_name() == "upnext.v1" || file.package_name() == "google.longrunning";
            assert_eq!(file.file_descriptor_proto().source_code_info.is_some(), served, "{}", file.name());
        }
    }

    #[test]
    fn reflection_accepts_the_set_in_both_versions() {
        let builder = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
        };
        assert!(builder().build_v1().is_ok());
        assert!(builder().build_v1alpha().is_ok());
    }

    #[test]
    fn option_values_survive_in_the_set() {
        let rules = DESCRIPTORS.get_extension_by_name("buf.validate.field").expect("vendored");
        let request = DESCRIPTORS.get_message_by_name("upnext.v1.CreateSellerRequest").expect("ours");
        let field = request.get_field_by_name("seller").expect("declared");
        assert!(field.options().has_extension(&rules));
    }
}
