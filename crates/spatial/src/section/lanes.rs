//! What the kernels need beyond the arithmetic of `pulp`: masks as bits, asking for memory ahead, and the choice of
//! the path that this machine runs.

use pulp::Simd;
#[cfg(target_arch = "x86_64")]
use pulp::x86::{V3, V4};

/// A vector width in which the kernels run.
pub(super) trait Lanes: Simd {
    /// The bits of a mask, the first lane lowest.
    fn bits(self, mask: Self::m64s) -> u32;

    /// Asks for the cache line of a value that will be read soon.
    fn ask<T>(self, value: &T);
}

impl Lanes for pulp::Scalar {
    #[inline(always)]
    fn bits(self, mask: bool) -> u32 {
        u32::from(mask)
    }

    #[inline(always)]
    fn ask<T>(self, _: &T) {}
}

/// Into all levels of the cache.
#[cfg(target_arch = "x86_64")]
const EVERY_LEVEL: i32 = 3;

#[cfg(target_arch = "x86_64")]
impl Lanes for V3 {
    #[inline(always)]
    fn bits(self, mask: Self::m64s) -> u32 {
        self.avx._mm256_movemask_pd(pulp::cast(mask)).cast_unsigned()
    }

    #[inline(always)]
    fn ask<T>(self, value: &T) {
        self.sse._mm_prefetch::<EVERY_LEVEL>(std::ptr::from_ref(value).cast());
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for V4 {
    #[inline(always)]
    fn bits(self, mask: Self::m64s) -> u32 {
        u32::from(mask.0)
    }

    #[inline(always)]
    fn ask<T>(self, value: &T) {
        self.sse._mm_prefetch::<EVERY_LEVEL>(std::ptr::from_ref(value).cast());
    }
}

/// The way the kernels run: eight doubles at a time where the machine has AVX-512, four where it has AVX2 and FMA,
/// else one by one. It is the same for all of a program's life, unless a test wants another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path {
    /// One at a time.
    Scalar,
    /// Four at a time.
    #[cfg(target_arch = "x86_64")]
    Four(V3),
    /// Eight at a time.
    #[cfg(target_arch = "x86_64")]
    Eight(V4),
}

impl Path {
    /// The fastest that this machine has.
    pub(super) fn fastest() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = V4::try_new() {
            return Self::Eight(simd);
        }
        Self::four()
    }

    /// Four at a time, or one where the machine can't.
    pub(super) fn four() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = V3::try_new() {
            return Self::Four(simd);
        }
        Self::Scalar
    }
}

/// What is to be done in vectors, whichever there are.
pub(super) trait Task {
    /// What comes of it.
    type Output;

    /// Does it; inlined into code that is compiled for the vectors.
    fn run<S: Lanes>(self, simd: S) -> Self::Output;
}

impl Path {
    /// Does a task this way.
    #[inline]
    pub(super) fn run<T: Task>(self, task: T) -> T::Output {
        match self {
            Self::Scalar => task.run(pulp::Scalar),
            #[cfg(target_arch = "x86_64")]
            Self::Four(simd) => simd.vectorize(Vectorized { simd, task }),
            #[cfg(target_arch = "x86_64")]
            Self::Eight(simd) => simd.vectorize(Vectorized { simd, task }),
        }
    }
}

#[cfg(target_arch = "x86_64")]
struct Vectorized<S, T> {
    simd: S,
    task: T,
}

#[cfg(target_arch = "x86_64")]
impl<S: Lanes, T: Task> pulp::NullaryFnOnce for Vectorized<S, T> {
    type Output = T::Output;

    #[inline(always)]
    fn call(self) -> T::Output {
        self.task.run(self.simd)
    }
}

/// An array as vectors.
#[inline(always)]
pub(super) fn view<S: Simd>(values: &[f64]) -> &[S::f64s] {
    S::as_simd_f64s(values).0
}
