//! What a batch decides about an enrollment is what the tables hold.

use upnext::domain::caller::Actor;
use upnext::domain::case::Facts;
use upnext::domain::changes::Changes;
use upnext::domain::consent::{ConsentPolicy, Reach};
use upnext::domain::enrollment::{EnrollmentSource, ExitReason, Position};
use upnext::domain::flow::{Basis, Beginning, Flow, Start, Target};
use upnext::domain::id::{EnrollmentId, QueueId};
use upnext::domain::program::Program;
use upnext::domain::step::{StepKind, Task};
use upnext::store::enrollments::Locking;
use upnext::store::{activities, changes, enrollments};

use crate::support::world::{World, definition, phone_call, wait};

async fn decide<T>(world: &World, decision: impl FnOnce(&mut Flow<'_>) -> T) -> T {
    let mut decided = Changes::new();
    let clock = world.clock();
    let mut mint = || clock.new_id();
    let answer = decision(&mut Flow { now: world.now(), mint: &mut mint, changes: &mut decided });
    let mut tx = world.store.begin().await.expect("begins");
    changes::save(&mut tx, &decided, || clock.new_stamp()).await.expect("saves");
    tx.commit().await.expect("commits");
    answer
}

#[tokio::test]
async fn an_enrollment_is_loaded_as_it_was_saved_at_each_step() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let record = world.record("l1", Some(ana)).await;
    let steps = vec![phone_call(), wait(10), StepKind::Task(Task {})];
    let sequence = world.sequence("calls", steps.clone()).await;
    let program = Program::compile(&definition(steps));
    let target =
        Target { queue: QueueId(ana.0), display_name: "The lead l1".to_owned(), reach: Reach::default() };
    let start = Start {
        organization: world.organization,
        enrollment: EnrollmentId(world.clock().new_id()),
        sequence,
        revision: 1,
        record,
        pass_number: 1,
        source: EnrollmentSource::Manual,
        segment: None,
        halts: 0,
        advanced_from: None,
        enroller: None,
        beginning: Beginning::default(),
    };
    let facts = Facts::default();
    let basis =
        Basis { program: &program, target: &target, consent_policy: ConsentPolicy::Warn, facts: &facts };
    let started = decide(&world, |flow| flow.start(start, basis, Actor::UPNEXT)).await;
    let key = (world.organization, started.enrollment.id);
    let mut conn = world.store.connection().await.expect("connects");
    let loaded = enrollments::load(&mut conn, &[key]).await.expect("loads").remove(0);
    assert_eq!((&loaded.enrollment, &loaded.open), (&started.enrollment, &started.opened));
    assert_eq!((loaded.facts.owner, loaded.facts.target.clone()), (Some(ana), Some(target.clone())));

    let open = loaded.open.clone().expect("an activity is open");
    let opened_key = (world.organization, open.id);
    let snoozed = decide(&world, |flow| {
        loaded
            .snooze(flow.now + chrono::TimeDelta::hours(1), Actor::UPNEXT, flow)
            .expect("an activity is open")
    })
    .await;
    let locked = activities::lock(&mut conn, &[opened_key], Locking::Skip).await.expect("locks");
    assert_eq!(locked, [(opened_key, key)]);
    let loaded = enrollments::load(&mut conn, &[key]).await.expect("loads").remove(0);
    assert_eq!(loaded.open.as_ref(), Some(&snoozed));
    assert_eq!(world.count("SELECT snoozed_count FROM queue WHERE revision = 2").await, 1);

    decide(&world, |flow| loaded.exit(ExitReason::RecordClosed, Actor::UPNEXT, flow)).await;
    let loaded = enrollments::load(&mut conn, &[key]).await.expect("loads").remove(0);
    assert_eq!(
        loaded.enrollment.position,
        Position::Exited { at: world.now(), reason: ExitReason::RecordClosed }
    );
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 0);
    let found = activities::why_not_locked(&mut conn, &[opened_key]).await.expect("reads");
    assert!(matches!(found[&opened_key], activities::LockMiss::Closed(_)));
}
