import { failure } from '../store.js';

/** The last failure in words, until it is dismissed or the next try. */
export function FailureMessage() {
  const shown = failure.value;
  if (!shown) return null;
  return (
    <section class="panel failure" role="alert">
      <h2>{shown.title}</h2>
      <p class="detail">{shown.detail}</p>
      <p>{shown.advice}</p>
      <button
        type="button"
        onClick={() => {
          failure.value = null;
        }}
      >
        Dismiss
      </button>
    </section>
  );
}
