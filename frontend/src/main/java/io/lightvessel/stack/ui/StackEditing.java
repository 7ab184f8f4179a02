package io.lightvessel.stack.ui;

import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.Ownership;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackSaving;
import io.lightvessel.stack.StackService;
import org.springframework.stereotype.Component;

/** What an editor of stacks needs: to read and check them, to save them, to agree to them, and to keep what is not saved yet. */
@Component
public record StackEditing(
        StackService stacks,
        StackSaving saving,
        StackApprovals approvals,
        DraftService drafts,
        Ownership ownership,
        StackDocument documents) {}
