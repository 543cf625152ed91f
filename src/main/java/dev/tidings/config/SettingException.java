package dev.tidings.config;

/**
 * A setting stops the deployment. The message is for the operator. It names the setting, its value (masked where it is
 * a secret), the source of the value, and what is allowed.
 */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** @param message the whole sentence; it holds no secret */
    public SettingException(String message) {
        super(message);
    }

    /**
     * Refuses a value whose form is allowed and which cannot be used.
     *
     * @param name the setting's name
     * @param fault the fault of the value, free of secrets
     */
    public static SettingException of(String name, String fault) {
        return new SettingException(name + ": " + fault);
    }
}
