//! The demo organization: made through the API like anybody's, with new leads that keep coming for
//! a while, and sellers who work.

mod leads;
mod plan;
mod work;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context as _;
use tonic::{Code, Response, Status};

use crate::api::pb;
use crate::api::pb::record_service_client::RecordServiceClient;
use crate::api::pb::segment_service_client::SegmentServiceClient;
use crate::api::pb::seller_service_client::SellerServiceClient;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use crate::cli::client::{Calls, Server, readable};
use crate::domain::names;
use crate::engine::Secret;
use work::Worker;

/// Leads that are there once the demo is made.
const AT_FIRST: usize = 240;
/// Leads after the last has come.
const IN_THE_END: usize = 360;
/// Leads sent in one call.
const AT_ONCE: usize = 60;
/// How often another lead comes.
const ARRIVAL: Duration = Duration::from_secs(6);

/// The seller whom nobody plays: ana's work is for whoever tries the demo.
const PLAYED: std::ops::Range<usize> = 1..plan::SELLERS.len();

/// The demo organization, as its administrator.
pub(super) struct Demo {
    server: Server,
    calls: Calls,
}

impl Demo {
    /// Connects to the server of this process.
    ///
    /// # Errors
    /// It doesn't answer.
    pub(super) async fn connect(address: SocketAddr, key: &Secret) -> anyhow::Result<Self> {
        // A server that listens everywhere is reached here.
        let host = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
        let address = SocketAddr::new(host, address.port()).to_string();
        let api_key = Some(key.expose().to_owned());
        let server = Server { address, api_key, ca: None, cert: None, key: None };
        Ok(Self { calls: server.connect().await?, server })
    }

    /// Makes what isn't there yet: a start that was interrupted is carried on.
    ///
    /// # Errors
    /// What the server refused.
    pub(super) async fn fill(&self) -> anyhow::Result<()> {
        if self.leads_so_far().await? >= AT_FIRST {
            return Ok(());
        }

        self.people().await?;
        for sequence in plan::sequences() {
            self.sequence(sequence).await?;
        }
        for segment in plan::segments() {
            self.segment(segment).await?;
        }

        for first in (0..AT_FIRST).step_by(AT_ONCE) {
            self.send(first..first + AT_ONCE).await?;
        }
        Ok(())
    }

    /// Lets leads come and sellers work. Ends quietly with the server.
    pub(super) async fn go_on(self) {
        let hired = PLAYED.map(|number| Worker::hire(&self.calls, &self.server, number));
        let workers = futures::future::join_all(hired).await.into_iter().filter_map(Result::ok);
        let working = futures::future::join_all(workers.map(Worker::go_on));
        futures::join!(self.send_leads(), working);
    }

    /// Sends another lead now and then, until there are enough.
    async fn send_leads(&self) {
        let Ok(so_far) = self.leads_so_far().await else { return };
        for number in so_far..IN_THE_END {
            tokio::time::sleep(ARRIVAL).await;
            if self.send(number..number + 1).await.is_err() {
                return;
            }
        }
    }

    /// How many leads came: they come in the order of their numbers, so the first that isn't there
    /// is looked for.
    async fn leads_so_far(&self) -> anyhow::Result<usize> {
        let (mut there, mut missing) = (0, IN_THE_END);
        while there < missing {
            let middle = there.midpoint(missing);
            if self.has(middle).await? { there = middle + 1 } else { missing = middle }
        }
        Ok(there)
    }

    async fn has(&self, number: usize) -> anyhow::Result<bool> {
        let name = names::RECORD.name(["lead", leads::id(number).as_str()]);
        let request = pb::GetRecordRequest { name };
        match RecordServiceClient::new(self.calls.clone()).get_record(request).await {
            Ok(_) => Ok(true),
            Err(status) if status.code() == Code::NotFound => Ok(false),
            Err(status) => Err(readable(status)),
        }
    }

    async fn people(&self) -> anyhow::Result<()> {
        let mut sellers = SellerServiceClient::new(self.calls.clone());
        for (id, name) in plan::SELLERS {
            let seller = pb::Seller { display_name: name.to_owned(), ..Default::default() };
            let request = pb::CreateSellerRequest {
                seller_id: id.to_owned(),
                seller: Some(seller),
                ..Default::default()
            };
            unless_there(sellers.create_seller(request).await)?;
        }

        let request = pb::DeclareAttributesRequest {
            record_type: "lead".to_owned(),
            attributes: plan::attributes(),
            ..Default::default()
        };
        RecordServiceClient::new(self.calls.clone()).declare_attributes(request).await.map_err(readable)?;
        Ok(())
    }

    async fn sequence(&self, (id, sequence): (&str, pb::Sequence)) -> anyhow::Result<()> {
        let mut sequences = SequenceServiceClient::new(self.calls.clone());
        let request = pb::CreateSequenceRequest {
            sequence_id: id.to_owned(),
            sequence: Some(sequence),
            ..Default::default()
        };
        unless_there(sequences.create_sequence(request).await)?;
        let request = pb::ActivateSequenceRequest { name: names::SEQUENCE.name([id]), ..Default::default() };
        sequences.activate_sequence(request).await.map_err(readable)?;
        Ok(())
    }

    async fn segment(&self, planned: plan::Planned) -> anyhow::Result<()> {
        let name = names::SEGMENT.name([planned.id]);
        let mut segments = SegmentServiceClient::new(self.calls.clone());
        let request = pb::CreateSegmentRequest {
            segment_id: planned.id.to_owned(),
            segment: Some(planned.segment),
            ..Default::default()
        };
        unless_there(segments.create_segment(request).await)?;

        let request = pb::CreateAssignmentRuleRequest {
            parent: name.clone(),
            assignment_rule_id: "in-turn".to_owned(),
            assignment_rule: Some(planned.rule),
            ..Default::default()
        };
        unless_there(segments.create_assignment_rule(request).await)?;

        let request = pb::ConnectSequenceRequest {
            name: name.clone(),
            sequence: planned.sequence.to_owned(),
            replace: true,
            ..Default::default()
        };
        segments.connect_sequence(request).await.map_err(readable)?;

        let request = pb::ActivateSegmentRequest { name, ..Default::default() };
        segments.activate_segment(request).await.map_err(readable)?;
        Ok(())
    }

    async fn send(&self, numbers: std::ops::Range<usize>) -> anyhow::Result<()> {
        let request = pb::BatchUpsertRecordsRequest {
            record_type: "lead".to_owned(),
            records: numbers.map(leads::lead).collect(),
            ..Default::default()
        };
        let answer = RecordServiceClient::new(self.calls.clone())
            .batch_upsert_records(request)
            .await
            .map_err(readable)?;

        let refused = answer.into_inner().results.into_iter().find_map(|item| match item.result {
            Some(pb::batch_upsert_records_response::result::Result::Error(status)) => Some(status.message),
            _ => None,
        });
        refused
            .map_or(Ok(()), |message| Err(anyhow::anyhow!(message)).context("a lead of the demo was refused"))
    }
}

/// What was made by a start that was interrupted is as good.
fn unless_there<T>(made: Result<Response<T>, Status>) -> anyhow::Result<()> {
    match made {
        Ok(_) => Ok(()),
        Err(status) if status.code() == Code::AlreadyExists => Ok(()),
        Err(status) => Err(readable(status)),
    }
}
