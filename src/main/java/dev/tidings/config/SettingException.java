package dev.tidings.config;

/**
 * A setting stops the deployment. The message is for the operator: it names the setting, its value
 * (masked where it is a secret), where that came from, and what is allowed.
 */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** @param message the whole sentence; it holds no secret */
    public SettingException(String message) {
        super(message);
    }

    /**
     * A value that its own setting allows and somebody who uses it does not.
     *
     * @param name the setting's name
     * @param fault what is wrong with it, free of secrets
     */
    public static SettingException of(String name, String fault) {
        return new SettingException(name + ": " + fault);
    }
}
