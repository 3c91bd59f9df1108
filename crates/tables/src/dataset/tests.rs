use super::*;
use crate::verify::{overview, verify};
use std::collections::{BTreeMap, HashSet};

use copydesk_types::{Article, MediaType, Page, Reject, RejectCode, Story};

/// A page of the site that its source begins with, where that is `site/name`.
fn story(source: &str) -> Story {
    let page = Page::new(source, MediaType::Text, "");
    let article = Article::plain(format!("Xin chào từ {source} 🛃."), None);
    let site = source.split_once('/').map(|(site, _)| site.to_owned());
    Story::new(&page, source.into(), "00".into(), site, article)
}

fn publish(folder: &Path, scope: Scope, sources: &[&str]) {
    publish_by(Partitioning::None, folder, scope, sources, &[]);
}

/// Publishes a run that writes `sources` and takes `gone` out of their parts.
fn publish_by(
    partitioning: Partitioning,
    folder: &Path,
    scope: Scope,
    sources: &[&str],
    gone: &[(u32, &str)],
) -> Vec<u32> {
    let dataset = Dataset::open(folder, Wait::No).unwrap();
    let mut staging = dataset.stage(scope, partitioning).unwrap();
    let parts = sources.iter().map(|source| staging.push(&story(source)).unwrap()).collect();
    let mut taken: BTreeMap<u32, HashSet<String>> = BTreeMap::new();
    for (part, id) in gone {
        taken.entry(*part).or_default().insert((*id).to_owned());
    }
    staging.take_out(&taken).unwrap();
    staging.rejects(&[], "1", jiff::Timestamp::UNIX_EPOCH).unwrap();
    staging.run(&crate::Run { run_id: "1".into(), ..Default::default() }).unwrap();
    let state = State { partitioning, ..State::default() };
    staging.keep("sites", b"x").unwrap();
    dataset.publish(staging, scope, &state).unwrap();
    parts
}

/// The places of the parts.
fn places(folder: &Path) -> Vec<String> {
    parts(folder).unwrap().values().map(|place| place.display().to_string()).collect()
}

fn pages(folder: &Path) -> u64 {
    overview(folder).unwrap()[0].rows
}

#[test]
fn rows_are_added_or_replaced_as_the_scope_says() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    publish(&folder, Scope::Everything, &["a", "b"]);
    assert_eq!(pages(&folder), 2);
    publish(&folder, Scope::Changes, &["c"]);
    assert_eq!(pages(&folder), 3);
    assert_eq!(verify(&folder).unwrap(), [""; 0]);
    publish(&folder, Scope::Everything, &["d"]);
    assert_eq!(pages(&folder), 1);
    publish(&folder, Scope::Everything, &[]);
    assert_eq!(pages(&folder), 0);
    assert!(overview(&folder).unwrap().iter().all(|table| table.files > 0), "every table can be read");
}

#[test]
fn compacting_keeps_every_row_in_fewer_files() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    for source in ["a", "b", "c"] {
        publish(&folder, Scope::Changes, &[source]);
    }
    let dataset = Dataset::open(&folder, Wait::No).unwrap();
    assert_eq!(overview(&folder).unwrap()[0].files, 3);
    assert_eq!(dataset.compact().unwrap(), 8);
    assert_eq!((pages(&folder), overview(&folder).unwrap()[0].files), (3, 1));
    assert_eq!(verify(&folder).unwrap(), [""; 0]);
    assert_eq!(dataset.compact().unwrap(), 0);
}

#[test]
fn a_page_that_stands_twice_is_a_fault() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    publish(&folder, Scope::Changes, &["a"]);
    publish(&folder, Scope::Changes, &["a"]);
    let faults = verify(&folder).unwrap();
    assert_eq!(faults, ["page a stands in part-000000.parquet and in part-000001.parquet"]);
}

#[test]
fn an_output_is_held_by_one_run() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    let holder = Dataset::open(&folder, Wait::No).unwrap();
    let error = Dataset::open(&folder, Wait::No).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Held);
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    drop(holder);
    assert!(Dataset::open(&folder, Wait::No).is_ok());
}

#[test]
fn a_dropped_run_leaves_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    publish(&folder, Scope::Everything, &["a"]);
    let dataset = Dataset::open(&folder, Wait::No).unwrap();
    let mut staging = dataset.stage(Scope::Changes, Partitioning::None).unwrap();
    staging.push(&story("b")).unwrap();
    drop(staging);
    assert!(!folder.join(OWN).join(STAGING).exists());
    assert_eq!(pages(&folder), 1);
}

#[test]
fn a_folder_without_parent_cannot_be_created() {
    let scratch = tempfile::tempdir().unwrap();
    let error = Dataset::open(&scratch.path().join("no/output"), Wait::No).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CannotCreate);
}

#[test]
fn partitioned_rows_stand_in_the_folder_of_their_key_and_move_with_it() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    let by = Partitioning::Site;
    let numbers = publish_by(by, &folder, Scope::Everything, &["a.org/1", "b.org/1", "a.org/2", "x"], &[]);
    assert_eq!(numbers, [0, 1, 0, 2]);
    let unknown = "site=__HIVE_DEFAULT_PARTITION__";
    let all = [
        "site=a.org/part-000000.parquet".to_owned(),
        "site=b.org/part-000001.parquet".to_owned(),
        format!("{unknown}/part-000002.parquet"),
    ];
    assert_eq!(places(&folder), all);
    assert_eq!((pages(&folder), verify(&folder).unwrap()), (4, vec![]));

    publish_by(by, &folder, Scope::Changes, &["c.org/1"], &[(1, "b.org/1"), (0, "a.org/1")]);
    assert_eq!(places(&folder)[1..], [all[2].clone(), "site=c.org/part-000003.parquet".to_owned()]);
    assert!(!folder.join("documents/site=b.org").exists(), "a partition without pages goes");
    assert_eq!((pages(&folder), verify(&folder).unwrap()), (3, vec![]));

    publish_by(by, &folder, Scope::Changes, &["a.org/3"], &[]);
    assert_eq!(Dataset::open(&folder, Wait::No).unwrap().compact().unwrap(), 4);
    assert_eq!((pages(&folder), places(&folder).len()), (4, 3), "parts of one partition are merged");
    assert_eq!(verify(&folder).unwrap(), [""; 0]);
}

#[test]
fn a_table_has_a_file_when_all_its_rows_go_and_when_its_folders_become_others() {
    for (before, after) in [
        (Partitioning::None, Partitioning::Site),
        (Partitioning::Site, Partitioning::None),
        (Partitioning::Site, Partitioning::Language),
        (Partitioning::Site, Partitioning::Site),
    ] {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("output");
        publish_by(before, &folder, Scope::Everything, &["a.org/1"], &[]);
        publish_by(before, &folder, Scope::Changes, &[], &[(0, "a.org/1")]);
        assert_eq!((pages(&folder), places(&folder).len()), (0, 1), "{before}");
        publish_by(after, &folder, Scope::Everything, &["b.org/1", "b.org/2"], &[]);
        assert_eq!((pages(&folder), places(&folder).len()), (2, 1), "{before} to {after}");
        assert_eq!(verify(&folder).unwrap(), [""; 0], "{before} to {after}");
    }
}

#[test]
fn runs_and_rejects_of_the_last_runs_are_kept() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("output");
    let reject = |n: usize| Reject {
        source: n.to_string(),
        code: RejectCode::Unreadable,
        message: String::new(),
        offset: None,
        line: None,
        bytes: None,
    };
    for n in 1..=6 {
        let dataset = Dataset::open(&folder, Wait::No).unwrap();
        let mut staging = dataset.stage(Scope::Changes, Partitioning::None).unwrap();
        let run_id = n.to_string();
        staging.rejects(&[reject(n), reject(n)], &run_id, jiff::Timestamp::UNIX_EPOCH).unwrap();
        staging.run(&crate::Run { run_id, ..Default::default() }).unwrap();
        staging.keep_runs(3).unwrap();
        dataset.publish(staging, Scope::Changes, &State::default()).unwrap();
        if n == 4 {
            dataset.compact().unwrap();
        }
        let rows: Vec<u64> = overview(&folder).unwrap().iter().map(|table| table.rows).collect();
        assert_eq!(rows[4..], [2 * n.min(3) as u64, n.min(3) as u64], "after run {n}");
    }
}
