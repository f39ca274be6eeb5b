package markup

// operators are names that are set upright.
var operators = map[string]bool{
	`\max`: true, `\min`: true, `\log`: true, `\ln`: true, `\exp`: true, `\tanh`: true, `\sin`: true, `\cos`: true, `\tan`: true, `\sinh`: true, `\cosh`: true,
	`\lim`: true, `\arg`: true, `\sup`: true, `\inf`: true, `\det`: true, `\dim`: true, `\ker`: true, `\gcd`: true, `\Pr`: true,
}

// limits are what has its bounds above and below where there is room.
var limits = map[string]bool{`\max`: true, `\min`: true, `\lim`: true, `\sup`: true, `\inf`: true, `\Pr`: true, `\sum`: true, `\prod`: true, `\bigcup`: true, `\bigcap`: true}

var symbols = map[string]string{
	`\alpha`: "α", `\beta`: "β", `\gamma`: "γ", `\delta`: "δ", `\epsilon`: "ε", `\varepsilon`: "ε", `\zeta`: "ζ", `\eta`: "η", `\theta`: "θ", `\vartheta`: "ϑ",
	`\iota`: "ι", `\kappa`: "κ", `\lambda`: "λ", `\mu`: "μ", `\nu`: "ν", `\xi`: "ξ", `\pi`: "π", `\rho`: "ρ", `\sigma`: "σ", `\tau`: "τ", `\upsilon`: "υ",
	`\phi`: "φ", `\varphi`: "φ", `\chi`: "χ", `\psi`: "ψ", `\omega`: "ω",
	`\Gamma`: "Γ", `\Delta`: "Δ", `\Theta`: "Θ", `\Lambda`: "Λ", `\Xi`: "Ξ", `\Pi`: "Π", `\Sigma`: "Σ", `\Phi`: "Φ", `\Psi`: "Ψ", `\Omega`: "Ω",
	`\ell`: "ℓ", `\hbar`: "ℏ", `\partial`: "∂", `\nabla`: "∇", `\infty`: "∞", `\emptyset`: "∅", `\top`: "⊤", `\bot`: "⊥",
	`\sum`: "Σ", `\prod`: "Π", `\int`: "∫", `\bigcup`: "⋃", `\bigcap`: "⋂",
	`\cdot`: "·", `\times`: "×", `\div`: "÷", `\ast`: "*", `\star`: "⋆", `\circ`: "∘", `\bullet`: "•", `\odot`: "⊙", `\otimes`: "⊗", `\oplus`: "⊕", `\pm`: "±", `\mp`: "∓",
	`\cup`: "∪", `\cap`: "∩", `\setminus`: "∖", `\land`: "∧", `\lor`: "∨", `\neg`: "¬", `\lnot`: "¬",
	`\le`: "≤", `\leq`: "≤", `\ge`: "≥", `\geq`: "≥", `\ne`: "≠", `\neq`: "≠", `\approx`: "≈", `\sim`: "~", `\simeq`: "≃", `\equiv`: "≡", `\propto`: "∝", `\ll`: "≪", `\gg`: "≫", `\lt`: "<", `\gt`: ">",
	`\to`: "→", `\rightarrow`: "→", `\longrightarrow`: "⟶", `\leftarrow`: "←", `\gets`: "←", `\leftrightarrow`: "↔", `\Rightarrow`: "⇒", `\implies`: "⇒", `\iff`: "⇔", `\mapsto`: "↦", `\uparrow`: "↑", `\downarrow`: "↓",
	`\in`: "∈", `\notin`: "∉", `\subset`: "⊂", `\subseteq`: "⊆", `\supset`: "⊃", `\forall`: "∀", `\exists`: "∃", `\perp`: "⟂", `\parallel`: "∥",
	`\dots`: "...", `\ldots`: "...", `\cdots`: "⋯", `\vdots`: "⋮", `\ddots`: "⋱", `\prime`: "′", `\colon`: ":",
	`\lfloor`: "⌊", `\rfloor`: "⌋", `\lceil`: "⌈", `\rceil`: "⌉", `\langle`: "⟨", `\rangle`: "⟩", `\mid`: "|", `\vert`: "|", `\lvert`: "|", `\rvert`: "|", `\|`: "‖", `\Vert`: "‖", `\lVert`: "‖", `\rVert`: "‖",
}
