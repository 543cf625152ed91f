package dev.tidings.config;

/** Exactly {@code true} or {@code false}, since a switch that an operator believes to be off must not be on. */
record BooleanType() implements ValueType<Boolean> {

    @Override
    public Boolean parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        };
    }

    @Override
    public String allowed() {
        return "true or false";
    }
}
