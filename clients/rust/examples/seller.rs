//! The smallest honest seller: does what is next, for ever. UPNEXT_KEY=… cargo run --example seller
//! sellers/ana

use tokio::io::{AsyncBufReadExt, BufReader};
use upnext_client::v1::{CompleteActivityRequest, ErrorReason};
use upnext_client::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let queue = client.watch(&std::env::args().nth(1).ok_or("whose queue?")?);
    let mut people = BufReader::new(tokio::io::stdin()).lines();
    loop {
        let head = queue.head().await?;
        println!("{}: {}; return, or a call's outcome:", head.display_name, head.record_display_name);
        let Some(outcome) = people.next_line().await? else { return Ok(()) };
        let request = CompleteActivityRequest { name: head.name.clone(), outcome, ..Default::default() };
        if let Err(status) = client.work_queue().complete_activity(request).await {
            let error = Error::from(status);
            if !error.is(ErrorReason::ActivityClosed) {
                println!("{}", error.message);
                continue;
            }
        }
        queue.until(|q| q.items().first().is_none_or(|next| next.name != head.name).then_some(())).await?;
    }
}
