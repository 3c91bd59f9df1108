//! Runs as a whole: how they end, that they repeat to the byte, and what a killed one leaves.

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use common::{PAGE_TABLES, assert_whole, copydesk, page_tables, parquet_files, program, run, seeds, status};

#[test]
fn a_run_that_reads_everything_ends_with_0_and_writes_every_table() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(status(&run(&seeds(), &folder.path().join("out"), &[])), 0);
    for table in [&PAGE_TABLES[..], &["rejects", "runs"]].concat() {
        let files = parquet_files(&folder.path().join("out").join(table));
        assert!(!files.is_empty() || table == "rejects", "{table}");
    }
    assert_whole(&folder.path().join("out"));
}

#[test]
fn nothing_but_data_goes_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&seeds(), &folder.path().join("out"), &[]);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    let quiet = run(&seeds(), &folder.path().join("quiet"), &["--quiet"]);
    assert!(quiet.stderr.is_empty(), "{}", String::from_utf8_lossy(&quiet.stderr));
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let tables = |threads: &str| {
        let output = folder.path().join(threads);
        assert_eq!(status(&run(&seeds(), &output, &["--threads", threads])), 0);
        page_tables(&output)
    };
    let one = tables("1");
    assert!(one.len() >= PAGE_TABLES.len());
    for threads in ["2", "8"] {
        assert!(one == tables(threads), "{threads} threads write other bytes than one");
    }
}

#[test]
fn the_order_of_arguments_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut pages: Vec<_> = fs::read_dir(seeds()).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    let tables = |name: &str, pages: &[std::path::PathBuf]| {
        let output = folder.path().join(name);
        let ran = program().arg("run").args(pages).arg("-o").arg(&output).output().unwrap();
        assert_eq!(status(&ran), 0);
        page_tables(&output)
    };
    let forward = tables("forward", &pages);
    pages.reverse();
    assert!(forward == tables("backward", &pages));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for arguments in [&["run"][..], &["run", "x"], &["run", "--no-such-option"], &["walk"]] {
        assert_eq!(status(&copydesk(arguments)), 2, "{arguments:?}");
    }
}

#[test]
fn a_run_that_cannot_read_an_input_goes_on_and_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    fs::write(pages.join("broken.html.gz"), b"\x1f\x8b\x08\x00broken").unwrap();
    fs::write(pages.join("good.txt"), "Duties on steel rose by 25% in May.").unwrap();
    let output = folder.path().join("out");
    assert_eq!(status(&run(&pages, &output, &[])), 3);
    assert!(!parquet_files(&output.join("rejects")).is_empty());
    let good = copydesk([Path::new("clean"), &pages.join("good.txt")]);
    assert!(String::from_utf8_lossy(&good.stdout).contains("Duties on steel"));
}

#[test]
fn an_input_that_is_not_there_ends_with_66_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    for missing in ["missing.txt", "*.nothing"] {
        let output = folder.path().join("out");
        let ran = run(&folder.path().join(missing), &output, &[]);
        assert_eq!(status(&ran), 66);
        assert!(String::from_utf8_lossy(&ran.stderr).contains(missing), "the message names the input");
        assert!(!output.exists());
    }
}

#[test]
fn an_output_that_cannot_be_created_ends_with_73() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    for output in [file.clone(), file.join("below"), folder.path().join("no/parent")] {
        assert_eq!(status(&run(&seeds(), &output, &[])), 73, "{}", output.display());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "in the way");
}

#[test]
fn a_closed_standard_output_ends_a_filter_quietly() {
    let mut child =
        program().arg("clean").arg(seeds()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(status(&ended), 0);
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn a_killed_run_leaves_whole_files_only_and_the_next_one_finishes() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    fs::create_dir(&pages).unwrap();
    for number in 0..COPIES {
        for seed in fs::read_dir(seeds()).unwrap().map(|e| e.unwrap().path()) {
            let name = format!("{number:03}-{}", seed.file_name().unwrap().to_string_lossy());
            fs::copy(&seed, pages.join(name)).unwrap();
        }
    }
    let undisturbed = folder.path().join("undisturbed");
    assert_eq!(status(&run(&pages, &undisturbed, &[])), 0);

    let output = folder.path().join("out");
    for milliseconds in [5, 20, 60, 150, 400, 1000] {
        let mut child =
            program().arg("run").arg(&pages).arg("-o").arg(&output).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(milliseconds));
        // SIGKILL; fails only where the run is over already.
        let _ = child.kill();
        child.wait().unwrap();
        assert_whole(&output);
    }
    assert_eq!(status(&run(&pages, &output, &[])), 0);
    assert_whole(&output);
    assert!(page_tables(&undisturbed) == page_tables(&output), "the interrupted dataset ended up different");
}

/// Copies of the samples in the run that is killed: enough for it to last through the later kills.
const COPIES: usize = 30;
