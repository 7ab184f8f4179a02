package io.lightvessel.config.expression;

/**
 * A condition on a record: values of the body, of attributes and of the resource, compared and put together. What can be
 * found wrong without a record is found when it is parsed.
 */
public final class Expression {
    private final Node root;

    private Expression(Node root) {
        this.root = root;
    }

    public static Expression parse(String text) throws ExpressionError {
        Node root = new Parser(text).whole();
        Checker.checkFlag(root, "the expression");
        return new Expression(root);
    }

    /** The same of the body alone, for where nothing else is known yet. */
    public static Expression parseOfBody(String text) throws ExpressionError {
        Expression expression = parse(text);
        Checker.checkBodyAlone(expression.root);
        return expression;
    }

    public boolean holds(Scope scope) throws EvaluationFailure {
        return new Evaluation(scope).flag(root);
    }
}
