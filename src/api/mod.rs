//! The gRPC edge: the only place that knows tonic and the generated server code.

pub mod pb;
