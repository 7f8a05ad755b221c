//! The processes there are, described from one list of inputs that also judges requests.

use planning::{Messages, Parameters};
use serde_json::Value;

use super::inputs::Inputs;
use super::{check, difference, edit_geometry, import, judge_edit, what_if};
use crate::app::App;
use crate::jobs::Work;
use crate::problem::{NO_SUCH_PROCESS, Problem};
use crate::settings::Limits;
use crate::wire::{
    InputDescription, Link, OutputDescription, ProcessDescription, ProcessSummary, ProcessTexts, Text,
};

const EXECUTE: &str = "http://www.opengis.net/def/rel/ogc/1.0/execute";
const JSON: &str = "application/json";

/// A process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Process {
    /// The zones judged by the rules.
    Check,
    /// A zone that grows.
    WhatIf,
    /// Zones as somebody draws them.
    JudgeEdit,
    /// An outline split, joined or cut.
    EditGeometry,
    /// Two versions of a land-use plan.
    PlanDifference,
    /// An upload that becomes a collection.
    Import,
}

/// Something to be done.
pub(crate) struct Task {
    /// Whether the store is written to.
    pub(crate) writes: bool,
    pub(crate) work: Work,
}

/// An input of a process.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) needed: bool,
    /// JSON Schema of its value.
    pub(super) schema: Value,
}

impl Process {
    /// All processes.
    const ALL: [Self; 6] =
        [Self::Check, Self::WhatIf, Self::JudgeEdit, Self::EditGeometry, Self::PlanDifference, Self::Import];

    /// Those of a server: without uploads there is nothing to import.
    pub(crate) fn offered(app: &App) -> Vec<Self> {
        let there = |process: &Self| *process != Self::Import || app.uploads().is_some();
        Self::ALL.into_iter().filter(there).collect()
    }

    /// Its identifier.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::WhatIf => "what-if",
            Self::JudgeEdit => "judge-edit",
            Self::EditGeometry => "edit-geometry",
            Self::PlanDifference => "plan-difference",
            Self::Import => "import",
        }
    }

    /// The process of an identifier.
    pub(crate) fn find(app: &App, id: &str) -> Result<Self, Problem> {
        let offered = Self::offered(app);
        let known = offered.iter().map(|process| process.id()).collect::<Vec<_>>().join(", ");
        let missing = || Problem::missing(format!("There is no process of that name. There are: {known}."));
        let found = offered.into_iter().find(|process| process.id() == id);
        found.ok_or_else(|| missing().of_kind(&NO_SUCH_PROCESS))
    }

    /// The name of its one output.
    pub(crate) fn output(self) -> &'static str {
        match self {
            Self::Check => "findings",
            Self::WhatIf => "answer",
            Self::JudgeEdit => "judgement",
            Self::EditGeometry => "parts",
            Self::PlanDifference => "difference",
            Self::Import => "report",
        }
    }

    /// Whether it is asked by the second, and answers at once: then no job is made of it.
    pub(crate) fn is_quick(self) -> bool {
        matches!(self, Self::JudgeEdit | Self::EditGeometry)
    }

    /// What it takes.
    pub(super) fn inputs(self, limits: &Limits) -> Vec<Input> {
        match self {
            Self::Check => check::inputs(limits),
            Self::WhatIf => what_if::inputs(limits),
            Self::JudgeEdit => judge_edit::inputs(limits),
            Self::EditGeometry => edit_geometry::inputs(limits),
            Self::PlanDifference => difference::inputs(limits),
            Self::Import => import::inputs(limits),
        }
    }

    /// What there is to do for a request.
    pub(super) fn task(self, app: &App, inputs: &Inputs) -> Result<Task, Problem> {
        match self {
            Self::Check => check::task(app, check::read(app, inputs)?),
            Self::WhatIf => what_if::task(app, inputs),
            Self::JudgeEdit => judge_edit::task(app, inputs),
            Self::EditGeometry => edit_geometry::task(app, inputs),
            Self::PlanDifference => difference::task(app, inputs),
            Self::Import => import::task(app, inputs),
        }
    }

    fn schema(self) -> Result<Value, Problem> {
        match self {
            Self::Check => check::output(),
            Self::WhatIf => what_if::output(),
            Self::JudgeEdit => judge_edit::output(),
            Self::EditGeometry => edit_geometry::output(),
            Self::PlanDifference => difference::output(),
            Self::Import => import::output(),
        }
    }

    /// The process in short.
    pub(super) fn summary(self) -> Result<ProcessSummary, Problem> {
        let id = self.id();
        let texts = planning::messages()?;
        let ways: &[&str] =
            if self.is_quick() { &["sync-execute"] } else { &["sync-execute", "async-execute", "dismiss"] };
        let [title, description] = ["title", "description"].map(|part| self.text(texts, part));
        Ok(ProcessSummary {
            id: id.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            title: title.vi.clone(),
            description: description.vi.clone(),
            job_control_options: ways.iter().map(|way| (*way).to_owned()).collect(),
            output_transmission: vec!["value".into()],
            ranh: ProcessTexts { title, description: Some(description) },
            links: vec![
                Link::new(format!("/processes/{id}"), "self", JSON, "Its inputs and outputs"),
                Link::new(format!("/processes/{id}/execution"), EXECUTE, JSON, "Execute it"),
            ],
        })
    }

    /// The process with its inputs and outputs.
    pub(super) fn description(self, limits: &Limits) -> Result<ProcessDescription, Problem> {
        let texts = planning::messages()?;
        let input = |input: Input| {
            let title = self.text(texts, &format!("inputs.{}", input.name));
            let description = InputDescription {
                title: title.vi.clone(),
                min_occurs: u32::from(input.needed),
                max_occurs: 1,
                schema: input.schema,
                ranh: ProcessTexts { title, description: None },
            };
            (input.name.to_owned(), description)
        };
        let title = self.text(texts, "output");
        let output = OutputDescription {
            title: title.vi.clone(),
            schema: self.schema()?,
            ranh: ProcessTexts { title, description: None },
        };
        Ok(ProcessDescription {
            summary: self.summary()?,
            inputs: self.inputs(limits).into_iter().map(input).collect(),
            outputs: [(self.output().to_owned(), output)].into(),
        })
    }

    fn text(self, texts: &Messages, part: &str) -> Text {
        Text::from(&texts.text(&format!("processes.{}.{part}", self.id()), &Parameters::new()))
    }
}
