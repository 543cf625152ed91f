// A box that follows its end until its reader scrolls away from it, and again once they have come back.

/** How near the end is there: a zoomed page has parts of pixels. */
const NEAR = 2;

export class Following {
  /**
   * @param box what scrolls
   * @param content what grows in it
   * @param changed called when its reader has left the end or come back
   */
  constructor(box, content, changed) {
    this.box = box;
    this.on = true;
    this.stay();
    const sizes = new ResizeObserver(() => this.stay());
    sizes.observe(box);
    sizes.observe(content);
    box.addEventListener('scroll', () => {
      if (this.movedByReader()) {
        const on = this.isAtEnd();
        if (on !== this.on) {
          this.on = on;
          changed();
        }
      }
    });
  }

  isAtEnd() {
    return this.place.height - this.place.top - this.place.room < NEAR;
  }

  /** Goes to the end and follows it from here. */
  resume() {
    this.on = true;
    this.stay();
  }

  /** Its reader wants to stay here. */
  leave() {
    this.on = false;
  }

  /** It has changed where its reader is, who stays. */
  settle() {
    this.place = this.where();
  }

  /** Stays at the end if it follows. For when all changes of a frame are made: the browser has to lay out the page here. */
  stay() {
    if (this.on) {
      this.box.scrollTop = this.box.scrollHeight;
    }
    const now = this.where();
    if (now.room) {
      // A box that is not shown is nowhere.
      this.place = now;
    }
    this.place ??= now;
  }

  /** It is shown again, and its reader is where they were. */
  restore() {
    if (!this.on) {
      this.box.scrollTop = this.place.top;
    }
    this.stay();
  }

  where() {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    return { top: scrollTop, height: scrollHeight, room: clientHeight };
  }

  /** With another size, that of the window or of what is in the box, the browser may have moved it by itself. */
  movedByReader() {
    const { top, height, room } = this.place;
    const now = this.where();
    if (now.height !== height || now.room !== room || now.top === top) {
      return false;
    }
    this.place = now;
    return true;
  }
}
