//! One seed's story: what happens, in which order, and when everything is checked.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::Row as _;
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::domain::id::QueueId;
use uuid::Uuid;

use super::head::HeadWatcher;
use super::journal::{Journal, Revision, shown};
use super::mirror::Fault;
use super::moves::{self, make};
use super::pair::{Pair, QUEUES, fingerprint};
use super::watcher::Watcher;
use crate::support::app::within_deadline;

/// How long a message may take that may also not come.
const PATIENCE: Duration = Duration::from_millis(20);

/// How many things happen in a story.
const LENGTH: usize = 50;

/// A seed's servers, clients and dice.
pub struct Story {
    random: StdRng,
    pair: Pair,
    watchers: Vec<Watcher>,
    heads: Vec<HeadWatcher>,
    journal: Journal,
    /// What happened so far.
    pub done: Vec<String>,
    /// What wrong clients were found out by.
    pub found_out: Vec<Fault>,
}

impl Story {
    /// Two servers, their queues, and a few clients who are yet to open their streams.
    pub async fn begin(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let pair = Pair::new(&mut random).await;
        let (mut watchers, mut heads) = (Vec::new(), Vec::new());

        for queue in QUEUES {
            let key = pair.key(queue).await;
            for _ in 0..2 {
                watchers.push(Watcher::new(queue, key, &mut random));
            }
            heads.push(HeadWatcher::new(queue, key));
        }

        Self {
            random,
            pair,
            watchers,
            heads,
            journal: Journal::default(),
            done: Vec::new(),
            found_out: Vec::new(),
        }
    }

    /// Lets everything happen.
    pub async fn tell(&mut self) -> Result<(), String> {
        for step in 0..LENGTH {
            self.step(step).await?;
            self.check().await?;
        }
        self.come_to_rest().await
    }

    async fn step(&mut self, step: usize) -> Result<(), String> {
        match self.random.random_range(0..30) {
            0..9 => self.write(1).await,
            9..12 => self.write_at_once().await,
            12..15 => self.pass_time().await,
            15..20 => return self.read(step).await,
            20..25 => return self.reopen(step).await,
            25 => self.lose_a_server(step).await,
            26 => {
                self.done.push(format!("{step}: the doorbells are cut"));
                self.pair.cut_doorbells().await;
            }
            27 => {
                self.done.push(format!("{step}: a backup"));
                self.pair.back_up().await;
            }
            28 => self.restore(step).await,
            _ => return self.come_to_rest().await,
        }

        Ok(())
    }

    fn place(&mut self) -> usize {
        self.random.random_range(0..2)
    }

    async fn write(&mut self, number: usize) {
        let mut drawn = Vec::new();
        for _ in 0..number {
            drawn.push((self.place(), moves::draw(&self.pair, &mut self.random).await));
        }
        let made = drawn.iter().map(|(place, one)| make(&self.pair.servers[*place], one));
        let made = join_all(made).await;
        for ((place, one), came_to) in drawn.iter().zip(made) {
            self.done.push(format!("server {place}: {one:?} {came_to}"));
        }
    }

    async fn write_at_once(&mut self) {
        let number = self.random.random_range(2..6);
        self.done.push(format!("{number} at once:"));
        self.write(number).await;
    }

    async fn pass_time(&mut self) {
        let seconds = match self.random.random_range(0..12) {
            // All streams come of age.
            0 => 61 * 60,
            1..6 => self.random.random_range(10..40),
            _ => self.random.random_range(1..7),
        };
        let place = self.place();
        let runs = self.random.random();
        self.done.push(format!("{seconds} s pass; server {place} does what is due: {runs}"));
        self.pair.clock.advance(TimeDelta::seconds(seconds));
        if runs {
            self.pair.servers[place].run_until_idle().await;
        }
    }

    async fn read(&mut self, step: usize) -> Result<(), String> {
        let index = self.random.random_range(0..self.watchers.len());
        let most = [1, 2, 100][self.random.random_range(0..3)];
        let watcher = &mut self.watchers[index];
        let mut messages = 0;

        while messages < most && watcher.read(PATIENCE).await? {
            messages += 1;
        }
        self.done.push(format!(
            "{step}: client {index} reads {messages} messages, has {}",
            watcher.mirror.state.revision
        ));
        let head = self.random.random_range(0..self.heads.len());
        while self.heads[head].read(PATIENCE / 10).await {}
        Ok(())
    }

    async fn reopen(&mut self, step: usize) -> Result<(), String> {
        let (index, place) = (self.random.random_range(0..self.watchers.len()), self.place());
        let server = &self.pair.servers[place];
        let watcher = &mut self.watchers[index];
        let how = match self.random.random_range(0..10) {
            0 => "without a token",
            1 | 2 => "with an old token",
            3 => "with a garbled token",
            4 => "with another window",
            5 => "not at all",
            _ => "with its token",
        };
        self.done.push(format!("{step}: client {index} opens {how} on server {place}"));
        watcher.close();

        match how {
            "without a token" => watcher.forget(),
            "with an old token" => watcher.go_back(&mut self.random),
            "with a garbled token" => {
                watcher.open_garbled(place, server, &mut self.random).await?;
                return Ok(());
            }
            "with another window" => watcher.resize([1, 2, 3, 50][self.random.random_range(0..4)]),
            "not at all" => return Ok(()),
            _ => {}
        }

        watcher.open(place, server).await?;
        let head = self.random.random_range(0..self.heads.len());
        self.heads[head].close();
        self.heads[head].open(server).await;
        Ok(())
    }

    async fn lose_a_server(&mut self, step: usize) {
        let (place, doorbell, gently) = (self.place(), self.random.random(), self.random.random());
        self.done.push(format!(
            "{step}: server {place} ends, gently: {gently}; another takes its place, with a doorbell: {doorbell}"
        ));
        self.pair.replace(place, doorbell, gently).await;
    }

    async fn restore(&mut self, step: usize) {
        if self.pair.restore().await {
            self.done.push(format!("{step}: the backup is restored"));
            self.watchers.iter_mut().for_each(Watcher::note_restored);
        }
    }

    /// Holds what clients showed against what was.
    async fn check(&mut self) -> Result<(), String> {
        self.journal.read_on(&self.pair.database.pool()).await;
        for watcher in &mut self.watchers {
            self.found_out.extend(watcher.check(&self.journal)?);
        }
        self.heads.iter_mut().try_for_each(|head| head.check(&self.journal))
    }

    /// Lets all that is due be done and every client read: then each has the queue as it is.
    async fn come_to_rest(&mut self) -> Result<(), String> {
        self.done.push("all come to rest".to_owned());
        for server in &self.pair.servers {
            server.run_until_idle().await;
        }

        // All polls and heartbeats come.
        self.pair.clock.advance(TimeDelta::seconds(20));
        for index in 0..self.watchers.len() {
            let caught_up = self.catch_up(index);
            within_deadline(&format!("client {index} catches up"), caught_up).await?;
        }

        for index in 0..self.heads.len() {
            let caught_up = self.catch_up_head(index);
            within_deadline(&format!("head {index} catches up"), caught_up).await?;
        }
        self.check().await
    }

    async fn catch_up(&mut self, index: usize) -> Result<(), String> {
        let queue = self.watchers[index].key.1;
        let (now, due) = (self.now(queue).await, self.next_due_time(queue).await);
        let (place, filter) = (self.place(), self.filter().await);
        loop {
            let watcher = &mut self.watchers[index];
            if !watcher.is_open() {
                watcher.open(place, &self.pair.servers[place]).await?;
            }
            let told = watcher.mirror.next_due_time.map(|due| (due.seconds, due.nanos));
            let filter = if watcher.saved_view.is_empty() { 0 } else { filter };
            let caught_up = (watcher.mirror.revision(), told) == (Some(now), due);
            if watcher.mirror.heartbeat && caught_up && watcher.mirror.filter() == filter {
                break;
            }
            if !watcher.read(PATIENCE).await? && watcher.is_open() {
                // A change that doesn't show comes with the next heartbeat; one that nobody rang
                // for is found by the poll.
                self.pair.clock.advance(TimeDelta::seconds(20));
            }
        }

        self.check().await?;
        let watcher = &self.watchers[index];
        let listed = self.listed(watcher.queue, watcher.window(), watcher.saved_view).await;
        let counts = listed.counts.map(|counts| (counts.due.into(), counts.snoozed.into()));
        match listed.activities == watcher.mirror.state.list && counts == Some(watcher.mirror.state.counts) {
            true => Ok(()),
            false => Err(format!(
                "at revision {}: client {index} has {:?}, listed is {:?}",
                watcher.mirror.state.revision, watcher.mirror.state.list, listed.activities
            )),
        }
    }

    async fn catch_up_head(&mut self, index: usize) -> Result<(), String> {
        let expected = self.listed(self.heads[index].queue, 1, "").await.activities;
        let place = self.place();

        loop {
            let head = &mut self.heads[index];
            if !head.is_open() {
                head.open(&self.pair.servers[place]).await;
            }
            let told = head.last().map(|told| shown(told.activity.as_slice()));
            if told == Some(shown(&expected)) {
                return Ok(());
            }
            if !head.read(PATIENCE).await && head.is_open() {
                self.pair.clock.advance(TimeDelta::seconds(20));
            }
        }
    }

    /// The fingerprint of what the view says.
    async fn filter(&self) -> u64 {
        let filter: String = sqlx::query_scalar("SELECT content ->> 'filter' FROM saved_view")
            .fetch_one(&self.pair.database.pool())
            .await
            .expect("the view is there");
        fingerprint(&filter)
    }

    /// Which revision a queue has.
    async fn now(&self, queue: QueueId) -> Revision {
        let row = sqlx::query("SELECT revision, stamp FROM queue WHERE id = $1")
            .bind(queue.0)
            .fetch_one(&self.pair.database.pool())
            .await
            .expect("the queue is there");
        (queue, row.get(0), row.get::<Uuid, _>(1))
    }

    /// When the next wait or snooze of a queue ends, in seconds and nanoseconds.
    async fn next_due_time(&self, queue: QueueId) -> Option<(i64, i32)> {
        let due: Option<DateTime<Utc>> =
            sqlx::query_scalar("SELECT min(due_at) FROM timer WHERE queue_id = $1")
                .bind(queue.0)
                .fetch_one(&self.pair.database.pool())
                .await
                .expect("is read");
        due.map(|due| (due.timestamp(), due.timestamp_subsec_nanos().cast_signed()))
    }

    async fn listed(&self, queue: &str, page_size: i32, saved_view: &str) -> pb::ListActivitiesResponse {
        let mut service = WorkQueueServiceClient::new(self.pair.servers[0].admin.calls());
        let (queue, saved_view) = (queue.to_owned(), saved_view.to_owned());
        let request = pb::ListActivitiesRequest { queue, page_size, saved_view, ..Default::default() };
        service.list_activities(request).await.expect("lists").into_inner()
    }
}
