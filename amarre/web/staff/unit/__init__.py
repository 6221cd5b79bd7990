"""Staff screens: the PDP unit, its meetings and its items; interviews held with somebody else."""
